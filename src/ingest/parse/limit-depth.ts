/** Deepest nesting of elements that is kept; browsers stop at 512 as well. */
const DEPTH = 512;

/** Elements without an end tag, or whose end tag pages may leave out. */
const UNCOUNTED =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|td|th|tr|tbody|thead|tfoot|option|html|head|body)$/i;

/**
 * Markup without the tags that nest deeper than 512 elements; their text stays. The HTML parser takes
 * quadratic time when it closes elements under a stack of a hundred thousand open ones.
 */
export function limitDepth(markup: string): string {
  if (!isDeep(markup)) return markup;
  let depth = 0;
  let dropped = 0;
  return markup.replace(/<(\/?)([a-z][^\s>/]*)[^>]*>/gi, (tag, slash: string, name: string) => {
    if (UNCOUNTED.test(name)) return tag;
    if (slash === '') {
      if (depth >= DEPTH) {
        dropped += 1;
        return ' ';
      }
      depth += 1;
    } else if (dropped > 0) {
      dropped -= 1;
      return ' ';
    } else depth = Math.max(0, depth - 1);
    return tag;
  });
}

function isDeep(markup: string): boolean {
  let depth = 0;
  for (const [, slash, name] of markup.matchAll(/<(\/?)([a-z][^\s>/]*)/gi)) {
    if (UNCOUNTED.test(name ?? '')) continue;
    depth = slash === '' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEPTH) return true;
  }
  return false;
}
