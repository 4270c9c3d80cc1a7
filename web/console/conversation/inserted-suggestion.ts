import type { DraftUse } from '../api/desk-api.ts';
import type { SuggestedReply } from '../api/wire-types.ts';
import { editedShare } from './edited-share.ts';

/** A suggestion that was put into the reply which is being written. */
export interface InsertedSuggestion {
  suggestion: string;
  /** The customer's message that it replies to. */
  messageId: string;
  /** The whole reply before and right after it was put in. */
  before: string;
  put: string;
}

/** @param way insert: behind what stands there; replace: in its place */
export function insertSuggestion(
  way: 'insert' | 'replace',
  before: string,
  { text: suggestion, message_id: messageId }: Pick<SuggestedReply, 'text' | 'message_id'>,
): InsertedSuggestion {
  const put = way === 'replace' ? suggestion : [before.trimEnd(), suggestion].filter(Boolean).join('\n\n');
  return { suggestion, messageId, before, put };
}

/** The reply as it was before, with what was written since. */
export function takeSuggestionOut({ suggestion, before, put }: InsertedSuggestion, now: string): string {
  if (now.startsWith(put)) return before + now.slice(put.length);
  const ahead = put.slice(0, put.length - suggestion.length);
  const at = now.lastIndexOf(suggestion);
  // Written ahead of it or on both sides: the suggestion alone goes, and what it had replaced comes back.
  if (at >= 0) {
    const after = now.slice(at + suggestion.length);
    return ahead === '' ? now.slice(0, at) + before + after : now.slice(0, at).trimEnd() + after;
  }
  const written = between(put, now).trim();
  return written === '' ? before : [before.trimEnd(), written].filter(Boolean).join('\n\n');
}

/** What stands in `now` where it differs from `put`: from the first difference to the last. */
function between(put: string, now: string): string {
  const most = Math.min(put.length, now.length);
  let start = 0;
  while (start < most && put[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && put[put.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return now.slice(start, now.length - end);
}

/**
 * What is stored with a reply about the suggestion; null when it had no part in it.
 * @param offered the text on the card that stands there now; null: there is none, or it was waved away
 */
export function draftUse(
  offered: string | null,
  inserted: InsertedSuggestion | null,
  sent: string,
): DraftUse | null {
  if (inserted) {
    const { suggestion, messageId } = inserted;
    const share = editedShare(suggestion, sent);
    return { shown: true, inserted: true, edited_share: share, message_id: messageId };
  }
  return offered === null ? null : { shown: true, inserted: false, edited_share: 1 };
}
