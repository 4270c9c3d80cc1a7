import { Type } from '@sinclair/typebox';
import type { Answer } from '../../answer/answer-types.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { ANSWER } from '../schemas/answer-schema.ts';
import { AVAILABILITY, orNull } from '../schemas/desk-schema.ts';
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
  state: Type.String({ description: 'assistant, waiting, person or closed' }),
  sequence: Type.Integer({ description: 'number of the last event; read on from it' }),
  ticket: orNull(Type.Object({ number: Type.Integer(), status: Type.String() })),
  assignee: orNull(Type.Object({ name: Type.String() })),
  availability: AVAILABILITY,
  summary: SUMMARY,
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      role: Type.String({ description: 'customer, assistant or staff' }),
      author: orNull(Type.String()),
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

/** The id of a conversation is 192 random bits and all that a customer needs to come back to it; staff never see it. */
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
      // The place first: what comes meanwhile is told again by the events, and not left out.
      const place = await describePlace(app, id);
      const messages = await app.conversations.listMessages(id);
      const session = await app.memory.sessions.get(id);
      void reply.header('cache-control', 'no-store');
      return {
        id,
        ...place,
        summary: {
          text: session?.summary ?? '',
          messages: session?.summarised ?? 0,
          made_by: 'rules' as const,
          products: session?.products ?? [],
        },
        messages: messages.map(({ id: messageId, role, author = null, text, answer, createdAt }) => ({
          id: messageId,
          role,
          author,
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
}

async function describePlace({ desk, staff }: App, conversationId: string) {
  const { store } = desk.tools;
  const thread = await store.threadOf(conversationId);
  const ticket = thread?.ticket == null ? null : await store.getTicket(thread.ticket);
  const person = thread?.assigneeId == null ? null : await staff.users.getUser(thread.assigneeId);
  return {
    state: thread?.state ?? 'assistant',
    sequence: thread?.lastSequence ?? 0,
    ticket: ticket && { number: ticket.number, status: ticket.status },
    assignee: person && { name: person.name },
    availability: desk.availability(),
  };
}
