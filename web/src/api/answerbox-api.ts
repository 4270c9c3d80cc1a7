import type { AnswerEvent } from '../../../src/answer/answer-types.ts';
import { readAnswerEvents } from '../stream/read-answer-events.ts';
import { ConnectionError } from './api-error.ts';
import { post, request, requestJson } from './request.ts';
import { readIdentity } from './server-address.ts';
import type { Shop, SourceDocument, StoredConversation } from './wire-types.ts';

const conversationPath = (id: string) => `/api/v1/conversations/${encodeURIComponent(id)}`;

export function fetchShop(): Promise<Shop> {
  return requestJson('/api/v1/shop');
}

export function fetchConversation(id: string): Promise<StoredConversation> {
  return requestJson(conversationPath(id));
}

export function fetchSource(documentId: string): Promise<SourceDocument> {
  return requestJson(`/api/v1/sources/${encodeURIComponent(documentId)}`);
}

export async function sendFeedback(
  id: string,
  messageId: string,
  rating: 1 | -1,
  comment?: string,
): Promise<void> {
  await request(
    `${conversationPath(id)}/feedback`,
    post({ message_id: messageId, rating, ...(comment && { comment }) }),
  );
}

export function requestHandover(id: string): Promise<{ message: string }> {
  return requestJson(`${conversationPath(id)}/handover`, post({}));
}

/** Asks one question; raising the signal closes the line, which also stops the work on the server. */
export async function* streamAnswer(
  message: string,
  conversationId: string | null,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const identity = readIdentity();
  const question = {
    message,
    stream: true,
    ...(conversationId && { conversation_id: conversationId }),
    ...(identity && { identity }),
  };
  const init = post(question, { accept: 'text/event-stream' });
  const response = await request('/api/v1/chat', { ...init, signal });
  if (!response.body) throw new ConnectionError('The answer had no body');
  yield* readAnswerEvents(response.body);
}
