import type { AnswerEvent, Citation } from '../../../src/answer/answer-types.ts';
import { readEvents } from '../stream/read-events.ts';
import { ConnectionError } from './api-error.ts';
import { withProof, type Proof } from './proof.ts';
import { post, request, requestJson } from './request.ts';
import { readIdentity } from './server-address.ts';
import type {
  AddedFile,
  Availability,
  Contact,
  DeskEvent,
  Shop,
  SourceDocument,
  SourcePicture,
  StoredConversation,
} from './wire-types.ts';

const conversationPath = (id: string, rest = '') => `/api/v1/conversations/${encodeURIComponent(id)}${rest}`;

export function fetchShop(): Promise<Shop> {
  return requestJson('/api/v1/shop');
}

export function fetchAvailability(): Promise<Availability> {
  return requestJson('/api/v1/availability');
}

/** Messages that are read at once; older ones come as the reader goes up. */
const PART = 60;

/** The newest part of a conversation, or the part before a message. */
export function fetchConversation(id: string, before?: string): Promise<StoredConversation> {
  const place = before === undefined ? '' : `&before=${encodeURIComponent(before)}`;
  return requestJson(conversationPath(id, `?limit=${PART}${place}`));
}

export function fetchSource(documentId: string): Promise<SourceDocument> {
  return requestJson(`/api/v1/sources/${encodeURIComponent(documentId)}`);
}

/** What is shown beside a cited passage. */
export async function fetchPictures({ document_id, start, end }: Citation): Promise<SourcePicture[]> {
  const path = `/api/v1/sources/${encodeURIComponent(document_id)}/pictures?start=${start}&end=${end}`;
  return (await requestJson<{ pictures: SourcePicture[] }>(path)).pictures;
}

export async function fetchPicture(path: string): Promise<Blob> {
  return (await request(path)).blob();
}

export async function sendFeedback(
  id: string,
  messageId: string,
  rating: 1 | -1,
  comment?: string,
): Promise<void> {
  await request(
    conversationPath(id, '/feedback'),
    post({ message_id: messageId, rating, ...(comment && { comment }) }),
  );
}

/** What it says comes by the conversation's events. */
export async function requestHandover(id: string, contact: Contact): Promise<void> {
  await request(conversationPath(id, '/handover'), post(contact));
}

/** The offline form. @returns the conversation that it began */
export async function leaveMessage(contact: Contact): Promise<string> {
  const { conversation_id } = await withProof<{ conversation_id: string }>((proof) =>
    requestJson('/api/v1/contact', post({ ...contact, ...(proof && { proof }) })),
  );
  return conversation_id;
}

export async function sendCsat(id: string, rating: number, comment: string): Promise<void> {
  await request(conversationPath(id, '/csat'), post({ rating, ...(comment && { comment }) }));
}

/** What is lost of these is soon said again. */
export function tellTyping(id: string, typing: boolean): void {
  void request(conversationPath(id, '/typing'), post({ typing })).catch(() => undefined);
}

export function tellRead(id: string, sequence: number): void {
  void request(conversationPath(id, '/read'), post({ sequence })).catch(() => undefined);
}

/** Before the first question, such as for a file. */
export async function beginConversation(): Promise<string> {
  const { id } = await withProof<{ id: string }>((proof) =>
    requestJson('/api/v1/conversations', post(proof ? { proof } : {})),
  );
  return id;
}

export function sendFile(id: string, file: File): Promise<AddedFile> {
  const form = new FormData();
  form.set('file', file);
  return requestJson(conversationPath(id, '/attachments'), { method: 'POST', body: form });
}

export async function downloadFile(id: string, fileId: string): Promise<Blob> {
  return (await request(conversationPath(id, `/attachments/${encodeURIComponent(fileId)}`))).blob();
}

/** All that happens in a conversation after a number, until the line breaks. */
export async function* streamConversation(
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<DeskEvent> {
  const response = await request(conversationPath(id, `/events?after=${after}`), { signal });
  if (!response.body) throw new ConnectionError('The stream had no body');
  yield* readEvents<DeskEvent>(response.body);
}

/** The answer is not wanted any more; closing the line alone could also mean that it broke. */
export function stopAnswer(questionId: string): void {
  const path = `/api/v1/chat/${encodeURIComponent(questionId)}`;
  void request(path, { method: 'DELETE' }).catch(() => undefined);
}

export interface Asked {
  message: string;
  /** The question's own: sent again under it after a broken line, it is asked once. */
  id: string;
  conversationId: string | null;
  proof?: Proof | undefined;
}

/** Asks one question; raising the signal closes the line. */
export async function* streamAnswer(
  { message, id, conversationId, proof }: Asked,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const identity = readIdentity();
  const question = {
    message,
    id,
    stream: true,
    ...(conversationId && { conversation_id: conversationId }),
    ...(identity && { identity }),
    ...(proof && { proof }),
  };
  const init = post(question, { accept: 'text/event-stream' });
  const response = await request('/api/v1/chat', { ...init, signal });
  if (!response.body) throw new ConnectionError('The answer had no body');
  yield* readEvents<AnswerEvent>(response.body);
}
