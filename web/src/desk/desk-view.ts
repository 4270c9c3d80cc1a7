import type { Availability, DeskState, StoredConversation } from '../api/wire-types.ts';

/** What the customer's side knows of the desk. */
export interface DeskView {
  state: DeskState;
  /** Who has the conversation. */
  person: string | null;
  /** Who is typing. */
  typing: string | null;
  /** Number of the last event that was seen. */
  sequence: number;
  /** Up to which number staff have read. */
  seen: number;
  ticket: number | null;
  /** The customer is asked how it went. */
  ratable: boolean;
  rating: number | null;
  availability: Availability | null;
}

export const NEW_DESK: DeskView = {
  state: 'assistant',
  person: null,
  typing: null,
  sequence: 0,
  seen: 0,
  ticket: null,
  ratable: false,
  rating: null,
  availability: null,
};

export function deskOf({ state, sequence, ticket, assignee, availability }: StoredConversation): DeskView {
  const done = ticket?.status === 'resolved' || ticket?.status === 'closed';
  return {
    ...NEW_DESK,
    state,
    sequence,
    availability,
    person: state === 'person' ? (assignee?.name ?? null) : null,
    ticket: ticket?.number ?? null,
    ratable: state === 'closed' && done,
    rating: ticket?.rating ?? null,
  };
}

/** The assistant is silent: a person answers, or will. */
export function isWithPeople({ state, ticket }: DeskView): boolean {
  return state === 'waiting' || state === 'person' || (state === 'closed' && ticket !== null);
}

/** Nobody is there now: told also while a person has the conversation, who may have left for the day. */
export function isUnattended({ state, availability }: DeskView): boolean {
  return (state === 'waiting' || state === 'person') && availability?.open === false;
}
