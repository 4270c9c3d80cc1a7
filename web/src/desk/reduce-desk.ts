import type { DeskEvent, DeskState } from '../api/wire-types.ts';
import { append, type ConversationState } from '../conversation/conversation-state.ts';
import { addMessage } from './add-message.ts';

/** What an event of the conversation does; one that was seen before does nothing. */
export function reduceDesk(state: ConversationState, event: DeskEvent): ConversationState {
  // Notices are told once, to whoever is there.
  if (event.type === 'typing-change') {
    if (event.who !== 'staff') return state;
    return withDesk(state, { typing: event.typing ? event.name : null });
  }
  if (event.type === 'read-change') {
    return event.who === 'customer'
      ? state
      : withDesk(state, { seen: Math.max(state.desk.seen, event.sequence) });
  }
  if (event.sequence <= state.desk.sequence) return state;
  const next = withDesk(state, { sequence: event.sequence });
  switch (event.type) {
    case 'message-add':
      return addMessage(next, event.message, event.sequence);
    case 'handover-start':
      return withDesk(next, { state: 'waiting', ticket: event.ticket.number, person: null, ratable: false });
    case 'state-change':
      return changeState(next, event.state, event.assignee?.name ?? event.by ?? null);
    case 'ticket-change':
      return event.status === 'open' ? withDesk(next, { ratable: false, rating: null }) : next;
    case 'csat-ask':
      return withDesk(next, { ratable: true });
    case 'attachment-add':
      return addFile(next, event.attachment);
    default:
      // A newer server may tell what this page does not know.
      return next;
  }
}

export function withDesk(
  state: ConversationState,
  desk: Partial<ConversationState['desk']>,
): ConversationState {
  return { ...state, desk: { ...state.desk, ...desk } };
}

function changeState(state: ConversationState, to: DeskState, name: string | null): ConversationState {
  const before = state.desk;
  const person = to === 'person' ? name : null;
  const next = withDesk(state, {
    state: to,
    person,
    typing: null,
    ...(to !== 'closed' && { ratable: false }),
  });
  if (to === 'person' && (before.state !== 'person' || before.person !== name))
    return append(next, { kind: 'note', note: 'joined', name, restored: false });
  if (to === 'closed') return append(next, { kind: 'note', note: 'closed', name: null, restored: false });
  const wasWithPeople = before.state === 'person' || before.state === 'waiting';
  if (to === 'assistant' && wasWithPeople)
    return append(next, { kind: 'note', note: 'back', name: null, restored: false });
  return next;
}

function addFile(
  state: ConversationState,
  file: Extract<DeskEvent, { type: 'attachment-add' }>['attachment'],
): ConversationState {
  const { entries } = state;
  if (entries.some((entry) => entry.kind === 'file' && entry.file?.id === file.id)) return state;
  // One that is on its way up is this one: its own answer may be slower than the event.
  const rising = entries.find((entry) => entry.kind === 'file' && !entry.file && !entry.note);
  if (rising && file.from === 'customer')
    return {
      ...state,
      entries: entries.map((entry) => (entry === rising ? { ...rising, file } : entry)),
    };
  const { name, bytes, from } = file;
  return append(state, { kind: 'file', name, bytes, from, file, note: null, restored: false });
}
