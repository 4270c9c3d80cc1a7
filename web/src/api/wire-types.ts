import type { Answer } from '../../../src/answer/answer-types.ts';

export interface Shop {
  name: string;
  tagline: string;
  email: string | null;
  phone: string | null;
  suggested_questions: string[];
  version: string;
}

export interface StoredMessage {
  id: string;
  role: 'customer' | 'assistant' | 'staff';
  author?: string | null;
  text: string;
  answer: Answer | null;
  created_at: string;
}

export interface SourcePicture {
  /** What its author wrote of it; '' for nothing. */
  alt: string;
  width: number;
  height: number;
  /** Path on the server. */
  url: string;
}

export interface AttachedFile {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  from: 'customer' | 'staff';
  created_at: string;
}

/** What came of an upload: the text in it, or why there is none. */
export interface AddedFile extends AttachedFile {
  text: string | null;
  note: string | null;
}

export interface Availability {
  open: boolean;
  opens_at: string | null;
  /** False: answers are read here alone. */
  mail: boolean;
}

export type DeskState = 'assistant' | 'waiting' | 'person' | 'closed';

export interface StoredConversation {
  id: string;
  state: DeskState;
  /** Number of the last event. */
  sequence: number;
  ticket: { number: number; status: string; rating: number | null } | null;
  assignee: { name: string } | null;
  availability: Availability;
  /** There are messages before these. */
  older: boolean;
  messages: StoredMessage[];
  attachments: AttachedFile[];
}

/** What a conversation's event stream tells; notices have no sequence. */
export type DeskEvent =
  | { type: 'message-add'; sequence: number; message: Omit<StoredMessage, 'created_at'> }
  | { type: 'handover-start'; sequence: number; ticket: { number: number } }
  | {
      type: 'state-change';
      sequence: number;
      state: DeskState;
      assignee: { name: string } | null;
      by?: string;
    }
  | { type: 'ticket-change'; sequence: number; status: string }
  | { type: 'csat-ask'; sequence: number }
  | { type: 'attachment-add'; sequence: number; attachment: AttachedFile }
  | { type: 'typing-change'; sequence?: undefined; who: string; name: string; typing: boolean }
  | { type: 'read-change'; sequence: number; who?: string };

export interface Contact {
  /** Of the request: sent again under it after a lost answer, it is taken once. */
  id: string;
  name?: string;
  email?: string;
  message?: string;
}

export interface SourceDocument {
  document_id: string;
  title: string;
  url: string | null;
  text: string;
  updated_at: string;
}
