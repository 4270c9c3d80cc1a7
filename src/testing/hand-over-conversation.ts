import { randomUUID } from 'node:crypto';
import type { DeskServer } from './open-desk-server.ts';

/** A customer's message, as the answer path stores it. */
export const writeAsCustomer = (server: DeskServer, conversationId: string, text: string): Promise<void> =>
  server.app.conversations.addMessage({
    id: randomUUID(),
    conversationId,
    role: 'customer',
    text,
    answer: null,
  });

/** A conversation whose customer asked for a person, with its thread and its ticket. */
export async function handOverConversation(
  server: DeskServer,
  contact: object = {},
): Promise<{ id: string; thread: string; number: number }> {
  const id = await server.app.conversations.createConversation({});
  await writeAsCustomer(server, id, 'My tent leaks');
  const { body } = await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: contact });
  const thread = (await server.app.desk.tools.store.threadOf(id))!;
  return { id, thread: thread.id, number: body.ticket.number as number };
}
