import type { Answer, Citation, Stage } from '../../../src/answer/answer-types.ts';
import type { AttachedFile } from '../api/wire-types.ts';
import { NEW_DESK, type DeskView } from '../desk/desk-view.ts';

export interface Problem {
  code: string | null;
  message: string;
  requestId: string | null;
}

export interface CustomerEntry {
  kind: 'customer';
  key: string;
  /** Of the message in the store, made here: what comes back under it is this one. */
  id: string;
  text: string;
  /** `unsent`: the server did not get it; it can be sent again under the same id. */
  delivery: 'sending' | 'sent' | 'unsent';
  /** Number of its event; 0 while that is not known. */
  sequence: number;
}

/** `interrupted`: found without an answer when the page was opened again. */
export type AnswerStatus = 'waiting' | 'writing' | 'done' | 'stopped' | 'failed' | 'interrupted';

export interface AnswerEntry {
  kind: 'answer';
  key: string;
  question: string;
  /** Id of the question's message. */
  questionId: string;
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

/** A person of the shop wrote it. */
export interface StaffEntry {
  kind: 'staff';
  key: string;
  author: string | null;
  text: string;
  restored: boolean;
}

export interface FileEntry {
  kind: 'file';
  key: string;
  name: string;
  bytes: number;
  /** Null until the server has it. */
  file: AttachedFile | null;
  from: 'customer' | 'staff';
  /** Why it was not taken, or nothing could be read in it. */
  note: { text: string; refused: boolean } | null;
  restored: boolean;
}

/** Who came and went. */
export interface NoteEntry {
  kind: 'note';
  key: string;
  note: 'joined' | 'back' | 'closed';
  name: string | null;
  restored: boolean;
}

export type Entry = CustomerEntry | AnswerEntry | HandoverEntry | StaffEntry | FileEntry | NoteEntry;

export interface ConversationState {
  conversationId: string | null;
  entries: Entry[];
  /** The message before which there are more that were not read yet; null: none. */
  older: string | null;
  desk: DeskView;
  /** Counts up, so that every entry has a key of its own. */
  nextKey: number;
}

export const EMPTY_CONVERSATION: ConversationState = {
  conversationId: null,
  entries: [],
  older: null,
  desk: NEW_DESK,
  nextKey: 1,
};

export function isOngoing(entry: Entry | undefined): entry is AnswerEntry {
  return entry?.kind === 'answer' && (entry.status === 'waiting' || entry.status === 'writing');
}

type Unkeyed<Kind> = Kind extends Entry ? Omit<Kind, 'key'> : never;

export function append(state: ConversationState, entry: Unkeyed<Entry>): ConversationState {
  const key = String(state.nextKey);
  return { ...state, entries: [...state.entries, { ...entry, key }], nextKey: state.nextKey + 1 };
}

export function newAnswer(question: string, questionId: string): Omit<AnswerEntry, 'key'> {
  return {
    kind: 'answer',
    question,
    questionId,
    status: 'waiting',
    stage: null,
    messageId: null,
    text: '',
    citations: [],
    answer: null,
    problem: null,
    restored: false,
  };
}
