import type { DeskEvent, Handover } from '../api/wire-types.ts';
import { readAnswer } from './read-answer.ts';

export interface Suggestion {
  text: string;
  sources: readonly { title: string; quote: string; url: string | null }[];
  /** Of the answer that it comes from, 0 to 1; null when that is not among the events. */
  confidence: number | null;
}

const plain = (text: string): string => text.replace(/ ?\[\d+\]/g, '').trim();

/**
 * The reply that came with the hand-over, with the confidence of the answer it was made from; none once a person has
 * answered since.
 */
export function findSuggestion(handover: Handover | null, events: readonly DeskEvent[]): Suggestion | null {
  if (!handover?.suggested_reply) return null;
  // Where the hand-over lies before the events that are loaded, all of them came after it.
  const since = events.slice(events.findLastIndex(({ type }) => type === 'handover-start') + 1);
  if (since.some(({ message }) => message?.role === 'staff')) return null;
  const text = handover.suggested_reply;
  const origin = events.findLast(
    ({ message }) => message?.role === 'assistant' && plain(message.text) === plain(text),
  );
  return {
    text,
    sources: handover.evidence,
    confidence: origin?.message ? readAnswer(origin.message.answer).confidence : null,
  };
}
