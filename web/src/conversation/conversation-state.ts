import type { Answer, Citation, Stage } from '../../../src/answer/answer-types.ts';

export interface Problem {
  code: string | null;
  message: string;
  requestId: string | null;
}

export interface CustomerEntry {
  kind: 'customer';
  key: string;
  text: string;
}

/** `interrupted`: found without an answer when the page was opened again. */
export type AnswerStatus = 'waiting' | 'writing' | 'done' | 'stopped' | 'failed' | 'interrupted';

export interface AnswerEntry {
  kind: 'answer';
  key: string;
  question: string;
  status: AnswerStatus;
  /** The stage that ended last, to say what is going on. */
  stage: Stage | null;
  messageId: string | null;
  text: string;
  citations: Citation[];
  answer: Answer | null;
  problem: Problem | null;
  /** Was there when the page was opened, so it is not announced. */
  restored: boolean;
}

export interface HandoverEntry {
  kind: 'handover';
  key: string;
  text: string;
  restored: boolean;
}

export type Entry = CustomerEntry | AnswerEntry | HandoverEntry;

export interface ConversationState {
  conversationId: string | null;
  entries: Entry[];
  /** Counts up, so that every entry has a key of its own. */
  nextKey: number;
}

export const EMPTY_CONVERSATION: ConversationState = { conversationId: null, entries: [], nextKey: 1 };

export function isOngoing(entry: Entry | undefined): entry is AnswerEntry {
  return entry?.kind === 'answer' && (entry.status === 'waiting' || entry.status === 'writing');
}
