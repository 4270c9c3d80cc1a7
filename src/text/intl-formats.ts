/**
 * Formats of Intl, each made once. One takes about 0.3 ms to make and 30 KB outside the heap that V8 counts, so that
 * thousands of forgotten ones wait for a collection that nothing calls for.
 */

/** Kinds × languages × time zones in use are a few dozen; a stream of made-up time zones must not fill memory. */
const MOST = 300;

export const dateFormat = remembering(
  (tag: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);

export const numberFormat = remembering(
  (tag: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
);

export const listFormat = remembering(
  (tag: string, options: Intl.ListFormatOptions) => new Intl.ListFormat(tag, options),
);

/** @throws RangeError for a tag, time zone or currency that is none, as the formats themselves do */
function remembering<Options, Format>(
  make: (tag: string, options: Options) => Format,
): (tag: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (tag, options) => {
    const key = `${tag} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const format = make(tag, options);
    if (made.size >= MOST) made.delete(made.keys().next().value!);
    made.set(key, format);
    return format;
  };
}
