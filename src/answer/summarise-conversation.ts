import { splitSentences } from '../text/split-sentences.ts';
import type { ConversationStore, MessageRecord } from '../stores/contracts.ts';
import type { Session } from '../stores/memory-contracts.ts';
import type { Answer } from './answer-types.ts';
import { standsAlone } from './stands-alone.ts';

export const SUMMARY = {
  /** Newest messages that are read whole; older ones are summed up. As in the issue. */
  keptWhole: 15,
  /** Characters of a summary; the oldest lines go first. */
  characters: 600,
  /** Characters of one line; a longer one is cut between words. */
  lineCharacters: 160,
  /** Messages read at most to sum up; more only when a session was forgotten, and only the newest say much. */
  read: 60,
} as const;

/**
 * Brings the session's summary up to the messages before the newest {@link SUMMARY.keptWhole}. Deterministic: the
 * customer's questions that stand by themselves and the first sentence that each answer cites, oldest first.
 * The store is asked for a bounded number of messages, however long the conversation is.
 * @returns the same session when there is nothing to sum up
 */
export async function summariseConversation(
  session: Session,
  conversations: Pick<ConversationStore, 'countMessages' | 'listRecentMessages'>,
): Promise<Session> {
  const count = await conversations.countMessages(session.conversationId);
  const older = count - SUMMARY.keptWhole;
  if (older <= session.summarised) return session;
  const wanted = Math.min(count - session.summarised, SUMMARY.read);
  const messages = await conversations.listRecentMessages(session.conversationId, wanted);
  const unread = messages.slice(0, Math.max(0, messages.length - SUMMARY.keptWhole));
  return { ...session, summary: extendSummary(session.summary, unread), summarised: older };
}

/** Pure: the lines of the summary with those of the messages added, none twice, the newest that fit. */
export function extendSummary(summary: string, messages: readonly MessageRecord[]): string {
  const lines = [...summary.split('\n').filter(Boolean), ...messages.flatMap(lineOf)];
  const kept: string[] = [];
  let characters = 0;
  for (const line of lines.reverse()) {
    if (kept.includes(line)) continue;
    if (characters + line.length > SUMMARY.characters) break;
    characters += line.length + 1;
    kept.push(line);
  }
  return kept.reverse().join('\n');
}

function lineOf({ role, text, answer }: MessageRecord): string[] {
  if (role === 'customer') return standsAlone(text) ? [`Q: ${shortened(text)}`] : [];
  const quote = answer === null ? null : firstQuote(answer);
  return quote === null ? [] : [`A: ${shortened(quote)}`];
}

/** The first sentence of the first citation; null when nothing was cited. */
function firstQuote(answer: string): string | null {
  const quote = (JSON.parse(answer) as Partial<Answer>).citations?.[0]?.quote;
  if (quote === undefined) return null;
  const [first] = splitSentences(quote);
  return first ? quote.slice(first.start, first.end) : null;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const room = SUMMARY.lineCharacters - 'Q: '.length;
  if (line.length <= room) return line;
  const cut = line.slice(0, room - 1);
  const border = cut.lastIndexOf(' ');
  // A script without spaces is cut where it is, but never inside of a pair of surrogates.
  return `${border > 0 ? cut.slice(0, border) : cut.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
