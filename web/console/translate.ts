import messages from './messages/en.json';

export type MessageKey = keyof typeof messages;

/** The text for a key, with `{name}` places filled in. */
export function translate(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (place, name: string) =>
    name in values ? String(values[name]) : place,
  );
}

/** For keys that end in a value of the server, as `status.open`: the value itself when nobody has named it. */
export function translateValue(group: string, value: string): string {
  const key = `${group}.${value}`;
  return key in messages ? translate(key as MessageKey) : value.replaceAll('_', ' ');
}
