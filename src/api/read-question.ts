import type { Static } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import type { CustomerGate } from '../abuse/customer-gate.ts';
import type { AnswerRequest } from '../answer/answer.ts';
import type { App } from '../app.ts';
import { AnswerboxError } from '../errors.ts';
import { PUBLIC_AUDIENCE } from '../stores/contracts.ts';
import type { StaffCheck } from './plugins/staff-access.ts';
import type { CHAT_REQUEST } from './schemas/answer-schema.ts';

export interface QuestionParts {
  gate: CustomerGate;
  app: Pick<App, 'conversations' | 'identify'>;
  staff: StaffCheck;
  /** The request that brought the question, or opened the line that brought it. */
  request: FastifyRequest;
}

/**
 * What the chat's body asks of the question path.
 * @throws proof_needed, budget_spent, conversation_not_found, unauthorized and forbidden for documents that are not public, identity_*
 */
export async function readQuestion(
  body: Static<typeof CHAT_REQUEST>,
  { app, staff, request, gate }: QuestionParts,
): Promise<Omit<AnswerRequest, 'signal'>> {
  const { id, message, conversation_id, mode, language, metadata, filter, identity, proof } = body;
  // Not the route's own check: it is open to everyone, and asks for no permission.
  if (filter?.audiences?.some((audience) => audience !== PUBLIC_AUDIENCE))
    await staff.requireFor(request, 'knowledge.read');
  if (conversation_id !== undefined && !(await app.conversations.hasConversation(conversation_id))) {
    throw new AnswerboxError('conversation_not_found', { id: conversation_id });
  }
  const known = identity === undefined ? null : await app.identify(identity);
  // The same question once more is the same message.
  const again = id !== undefined && (await app.conversations.findMessage(id)) !== null;
  if (!again && !(await staff.isStaff(request)))
    await gate.admit({
      visitor: known?.subject ?? conversation_id ?? null,
      address: request.ip,
      anonymousStart: !known && conversation_id === undefined,
      proof,
    });
  return {
    message,
    address: request.ip,
    ...(known && { identity: known }),
    ...(conversation_id !== undefined && { conversationId: conversation_id }),
    ...(mode !== undefined && { mode }),
    ...(language !== undefined && { language }),
    ...(metadata !== undefined && { metadata }),
    ...(filter !== undefined && { filter }),
  };
}
