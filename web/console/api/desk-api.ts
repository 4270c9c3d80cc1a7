import { call } from './request.ts';
import type {
  DeskEvent,
  Page,
  Present,
  StaffMember,
  SuggestedReply,
  Thread,
  WholeThread,
} from './wire-types.ts';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type DraftKind = 'reply' | 'note';

/** Rows asked for at once. */
const PAGE = 50;
const at = (id: string): string => `/api/v1/threads/${encodeURIComponent(id)}`;

export async function listThreads(
  query: Query,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Thread>> {
  const body = await call<{ threads: Thread[]; next_cursor: string | null }>('GET', '/api/v1/threads', {
    query: { ...query, limit: PAGE, cursor },
    ...(signal && { signal }),
  });
  return { items: body.threads, next: body.next_cursor };
}

export const countThreads = (signal?: AbortSignal) =>
  call<Record<string, number>>('GET', '/api/v1/threads/counts', signal && { signal });

export const getThread = (id: string, signal?: AbortSignal) =>
  call<WholeThread>('GET', at(id), signal && { signal });

export const changeThread = (
  id: string,
  change: { assignee_id?: string | null; team_id?: string | null; tags?: string[] },
) => call<WholeThread>('PATCH', at(id), { body: change });

export const moveThread = (id: string, move: 'take' | 'close' | 'hand-back') =>
  call<WholeThread>('POST', `${at(id)}/${move}`, { body: {} });

export async function listEvents(
  id: string,
  place: { after: number } | { before: number },
  limit: number,
  signal?: AbortSignal,
): Promise<DeskEvent[]> {
  const body = await call<{ events: DeskEvent[] }>('GET', `${at(id)}/events`, {
    query: { ...place, limit },
    ...(signal && { signal }),
  });
  return body.events;
}

export interface DraftUse {
  shown: boolean;
  inserted: boolean;
  edited_share: number;
  /** The customer's message that the suggestion replied to. */
  message_id?: string;
}

export const sendReply = (
  id: string,
  reply: { text: string; id: string; seen_sequence?: number; from_draft?: DraftUse },
) => call<DeskEvent>('POST', `${at(id)}/messages`, { body: reply });

export const sendNote = (id: string, note: { text: string; id: string; mentions: string[] }) =>
  call<DeskEvent>('POST', `${at(id)}/notes`, { body: note });

/** One file to the customer. */
export function sendAttachment(id: string, file: File) {
  const form = new FormData();
  form.append('file', file, file.name);
  return call('POST', `${at(id)}/attachments`, { body: form });
}

export async function suggestReply(id: string, signal: AbortSignal): Promise<SuggestedReply | null> {
  const body = await call<{ suggestion: SuggestedReply | null }>('POST', `${at(id)}/suggestion`, {
    body: {},
    signal,
  });
  return body.suggestion;
}

export type Rating = 'up' | 'down';

export const getSuggestionRating = (id: string, signal: AbortSignal) =>
  call<{ rating: Rating | null }>('GET', `${at(id)}/suggestion/rating`, { signal });

export const rateSuggestion = (id: string, rating: Rating | null) =>
  call('PUT', `${at(id)}/suggestion/rating`, { body: { rating } });

export const markRead = (id: string, sequence: number) =>
  call('POST', `${at(id)}/read`, { body: { sequence } });

export const tellPresence = (
  id: string,
  state: 'viewing' | 'idle' | 'writing' | 'away',
  kind: DraftKind | null,
  keepalive = false,
) =>
  call<{ present: Present }>('POST', `${at(id)}/presence`, {
    body: { state, ...(kind && { kind }) },
    keepalive,
  });

export const getDraft = (id: string, kind: DraftKind, signal?: AbortSignal) =>
  call<{ text: string; updated_at: string | null }>('GET', `${at(id)}/drafts/${kind}`, signal && { signal });

export const putDraft = (id: string, kind: DraftKind, text: string, keepalive = false) =>
  call('PUT', `${at(id)}/drafts/${kind}`, { body: { text }, keepalive });

export interface MacroAction {
  do: string;
  value?: string;
}
export interface Preview {
  text: string;
  note: string;
  missing: string[];
  actions: MacroAction[];
}

export const previewText = (
  id: string,
  what: { saved_reply_id: string } | { macro_id: string } | { text: string },
) => call<Preview>('POST', `${at(id)}/preview`, { body: what });

export const runMacro = (id: string, macro: string, send: boolean) =>
  call<Thread>('POST', `${at(id)}/macros/${encodeURIComponent(macro)}`, { body: { send } });

export async function listStaff(): Promise<StaffMember[]> {
  return (await call<{ staff: StaffMember[] }>('GET', '/api/v1/staff')).staff;
}

export interface LibraryEntry {
  id: string;
  name: string;
  text?: string;
}

export async function listLibrary(
  kind: 'macros' | 'saved-replies' | 'teams' | 'tags' | 'categories',
): Promise<LibraryEntry[]> {
  return (await call<{ items: LibraryEntry[] }>('GET', `/api/v1/library/${kind}`)).items;
}
