import english from '../messages/en.json';

export type MessageKey = keyof typeof english;
export type Messages = Readonly<Partial<Record<MessageKey, string>>>;

let chosen: Messages = english;

/** Changes the language from the next rendering on; what `messages` lacks is said in English. */
export function setMessages(messages: Messages): void {
  chosen = messages;
}

/** The text for a key, with `{name}` places filled in. */
export function translate(key: MessageKey, values: Record<string, string | number> = {}): string {
  return (chosen[key] ?? english[key]).replace(/\{(\w+)\}/g, (place, name: string) =>
    name in values ? String(values[name]) : place,
  );
}
