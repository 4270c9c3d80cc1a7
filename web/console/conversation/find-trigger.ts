export type TriggerSign = '/' | '@' | '??';

export interface Trigger {
  sign: TriggerSign;
  /** What was typed after the sign. */
  query: string;
  /** Place of the sign; up to the caret it is replaced by what is chosen. */
  start: number;
}

/**
 * A sign at the beginning of a word that the caret is still in: `/ref` for a saved reply, `??returns` for an article
 * of the knowledge, `@ada` for a colleague.
 */
export function findTrigger(text: string, caret: number): Trigger | null {
  const found = /(?:^|\s)(\/|@|\?\?)([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const sign = found[1] as TriggerSign;
  const query = found[2] ?? '';
  return { sign, query, start: caret - query.length - sign.length };
}
