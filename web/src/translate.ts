import messages from '../messages/en.json';

export type MessageKey = keyof typeof messages;

/** The text for a key, with `{name}` places filled in. */
export function translate(key: MessageKey, values: Record<string, string | number> = {}): string {
  return messages[key].replace(/\{(\w+)\}/g, (place, name: string) =>
    name in values ? String(values[name]) : place,
  );
}
