import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { Answer } from '../../answer/answer-types.ts';
import { FIXED_TEXTS } from '../../answer/fixed-texts.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { FEEDBACK_CATEGORIES } from '../../stores/contracts.ts';
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
const RATING = Type.Union([Type.Literal(1), Type.Literal(-1)], { description: '1 helpful, -1 not' });
const CATEGORY = Type.Union(FEEDBACK_CATEGORIES.map((category) => Type.Literal(category)));
const FEEDBACK = Type.Object({
  message_id: Type.String({ description: 'of the answer' }),
  rating: RATING,
  category: Type.Optional(CATEGORY),
  comment: Type.Optional(Type.String({ maxLength: 4000 })),
});
const GIVEN_FEEDBACK = Type.Object({
  rating: Type.Integer(),
  category: Type.Union([CATEGORY, Type.Null()]),
  comment: Type.Union([Type.String(), Type.Null()]),
});

const CONVERSATION = Type.Object({
  id: Type.String(),
  summary: SUMMARY,
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      role: Type.String(),
      text: Type.String(),
      answer: Type.Union([ANSWER, Type.Null()]),
      feedback: Type.Union([GIVEN_FEEDBACK, Type.Null()]),
      created_at: Type.String(),
    }),
  ),
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
      const given = new Map(
        (await app.conversations.listFeedback(id)).map((feedback) => [feedback.messageId, feedback]),
      );
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
          feedback: given.get(messageId) ?? null,
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
      const message = await app.conversations.findMessage(body.message_id);
      if (message?.conversationId !== id || message.role !== 'assistant') {
        throw new AnswerboxError('not_found', { what: `answer ${body.message_id} in this conversation` });
      }
      const { message_id, rating, category = null, comment = null } = body;
      const stored = await app.conversations.addFeedback(message_id, { rating, category, comment });
      app.metrics.feedback.inc({ rating: String(rating), category: category ?? 'none' });
      return { stored };
    },
  );

  server.post(
    '/api/v1/conversations/:id/handover',
    { schema: { params: ID_PARAMETERS, response: { 200: Type.Object({ message: Type.String() }) } } },
    async ({ params: { id } }) => {
      await check(id);
      const message = FIXED_TEXTS.handedOff(app.shop.contact());
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
}
