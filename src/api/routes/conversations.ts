import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { Answer } from '../../answer/answer-types.ts';
import { sayContact } from '../../answer/say-contact.ts';
import { sayIn } from '../../messages/say.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { ANSWER } from '../schemas/answer-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';

const SUMMARY = Type.Object(
  {
    text: Type.String({ description: 'questions and cited sentences of the older messages, shortened' }),
    messages: Type.Integer({ description: 'older messages that it covers' }),
    made_by: Type.Literal('rules', { description: 'never by a model: nothing in it is invented' }),
    products: Type.Array(Type.String(), { description: 'codes spoken of, newest first' }),
  },
  { description: 'what is remembered of the conversation until a day after its last message' },
);

const CONVERSATION = Type.Object({
  id: Type.String(),
  summary: SUMMARY,
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      role: Type.String(),
      text: Type.String(),
      answer: Type.Union([ANSWER, Type.Null()]),
      created_at: Type.String(),
    }),
  ),
});

const FEEDBACK = Type.Object({
  message_id: Type.String(),
  rating: Type.Union([Type.Literal(1), Type.Literal(-1)]),
  comment: Type.Optional(Type.String({ maxLength: 4000 })),
});

/** The id of a conversation is 122 random bits and all that a customer needs to come back to it. */
export function addConversationRoutes(server: Server, app: App): void {
  const check = async (id: string): Promise<void> => {
    if (!(await app.conversations.hasConversation(id)))
      throw new AnswerboxError('conversation_not_found', { id });
  };

  server.get(
    '/api/v1/conversations/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: CONVERSATION } } },
    async ({ params: { id } }, reply) => {
      await check(id);
      const messages = await app.conversations.listMessages(id);
      const session = await app.memory.sessions.get(id);
      void reply.header('cache-control', 'no-store');
      return {
        id,
        summary: {
          text: session?.summary ?? '',
          messages: session?.summarised ?? 0,
          made_by: 'rules' as const,
          products: session?.products ?? [],
        },
        messages: messages.map(({ id: messageId, role, text, answer, createdAt }) => ({
          id: messageId,
          role,
          text,
          answer: answer === null ? null : (JSON.parse(answer) as Answer),
          created_at: createdAt,
        })),
      };
    },
  );

  server.post(
    '/api/v1/conversations/:id/feedback',
    {
      schema: {
        params: ID_PARAMETERS,
        body: FEEDBACK,
        response: { 200: Type.Object({ stored: Type.Boolean() }) },
      },
    },
    async ({ params: { id }, body }) => {
      await check(id);
      const messages = await app.conversations.listMessages(id);
      if (!messages.some((message) => message.id === body.message_id)) {
        throw new AnswerboxError('not_found', { what: `message ${body.message_id} in this conversation` });
      }
      return {
        stored: await app.conversations.addFeedback(body.message_id, {
          rating: body.rating,
          comment: body.comment ?? null,
        }),
      };
    },
  );

  server.post(
    '/api/v1/conversations/:id/handover',
    { schema: { params: ID_PARAMETERS, response: { 200: Type.Object({ message: Type.String() }) } } },
    async ({ params: { id } }) => {
      await check(id);
      const message = sayContact(app.shop.contact(), sayIn(await spokenIn(id)));
      await app.conversations.addMessage({
        id: randomUUID(),
        conversationId: id,
        role: 'assistant',
        text: message,
        answer: null,
      });
      return { message };
    },
  );

  /** The language of the last answer in a conversation. */
  async function spokenIn(id: string): Promise<string> {
    const messages = await app.conversations.listRecentMessages(id, 2);
    const last = messages.findLast(({ answer }) => answer !== null)?.answer;
    return last ? (JSON.parse(last) as Answer).language : 'und';
  }
}
