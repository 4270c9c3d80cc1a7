import { createHash, randomUUID } from 'node:crypto';
import type { App } from '../app.ts';
import { CUSTOMER_ACTOR } from '../desk/desk-tools.ts';
import type { HandOverRequest } from '../desk/hand-over.ts';
import type { Availability } from '../desk/availability.ts';

/** Where the two messages of one request are stored. */
interface RequestIds {
  message: string;
  reply: string;
}

/**
 * The same for the same request, so that one whose answer was lost can be sent again. Hashed: staff see the ids of
 * messages, and the client's own opens the conversation that the form began.
 * @param id the client's own; without one, each request is another
 * @param scope in which it counts, such as the conversation
 */
export function requestIds(scope: string, id: string = randomUUID()): RequestIds {
  const derive = (part: string) =>
    createHash('sha256').update(`${part}\n${scope}\n${id}`).digest('hex').slice(0, 32);
  return { message: derive('message'), reply: derive('reply') };
}

interface TakenRequest {
  /** What the customer is told. */
  message: string;
  ticket: { number: number; status: string };
  availability: Availability;
}

/**
 * Stores what the customer wrote, gives the conversation to people and stores what the customer is told of it. Each
 * step that an earlier try got to is left as it is, so that a request that was cut anywhere is completed, not doubled.
 * @param text what the customer wrote; '' for nothing
 * @throws conversation_not_found, storage_*
 */
export async function handOverOnce(
  {
    conversationId,
    ids,
    text,
    ...request
  }: { conversationId: string; ids: RequestIds; text: string } & Pick<HandOverRequest, 'contact' | 'source'>,
  { conversations, desk }: Pick<App, 'conversations' | 'desk'>,
): Promise<TakenRequest> {
  const { store } = desk.tools;
  const say = async (id: string, role: 'customer' | 'assistant', said: string): Promise<void> => {
    if ((await conversations.findMessage(id)) === null)
      await conversations.addMessage({ id, conversationId, role, text: said, answer: null });
  };
  const told = await conversations.findMessage(ids.reply);
  if (told) {
    const thread = await store.threadOf(conversationId);
    const ticket = thread?.ticket == null ? null : await store.getTicket(thread.ticket);
    if (thread && ticket) {
      const { number, status } = ticket;
      const availability = desk.availability(thread.language);
      return { message: told.text, ticket: { number, status }, availability };
    }
  }
  if (text.trim() !== '') await say(ids.message, 'customer', text);
  const passed = await desk.handOver({
    ...request,
    conversationId,
    reason: 'customer_request',
    rule: null,
    actor: CUSTOMER_ACTOR,
  });
  await say(ids.reply, 'assistant', passed.text);
  const { number, status } = passed.ticket;
  return { message: passed.text, ticket: { number, status }, availability: passed.availability };
}
