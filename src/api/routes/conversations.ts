import { Type, type Static } from '@sinclair/typebox';
import type { Answer } from '../../answer/answer-types.ts';
import type { CustomerGate } from '../../abuse/customer-gate.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { FEEDBACK_CATEGORIES } from '../../stores/contracts.ts';
import type { Server } from '../build-server.ts';
import { ANSWER } from '../schemas/answer-schema.ts';
import { ATTACHMENT, AVAILABILITY, orNull } from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireAttachment } from '../wire-desk.ts';

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

const PART = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 500, description: 'the newest so many messages; all without it' }),
  ),
  before: Type.Optional(
    Type.String({ maxLength: 100, description: 'with limit: of those before the message with this id' }),
  ),
});

const CONVERSATION = Type.Object({
  id: Type.String(),
  older: Type.Boolean({ description: 'there are messages before the first one here' }),
  state: Type.String({ description: 'assistant, waiting, person or closed' }),
  sequence: Type.Integer({ description: 'number of the last event; read on from it' }),
  ticket: orNull(
    Type.Object({ number: Type.Integer(), status: Type.String(), rating: orNull(Type.Integer()) }),
  ),
  attachments: Type.Array(ATTACHMENT),
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
      feedback: Type.Union([GIVEN_FEEDBACK, Type.Null()]),
      created_at: Type.String(),
    }),
  ),
});

/** The id of a conversation is 192 random bits and all that a customer needs to come back to it; staff never see it. */
export function addConversationRoutes(server: Server, app: App, gate: CustomerGate): void {
  const check = async (id: string): Promise<void> => {
    if (!(await app.conversations.hasConversation(id)))
      throw new AnswerboxError('conversation_not_found', { id });
  };

  server.get(
    '/api/v1/conversations/:id',
    { schema: { params: ID_PARAMETERS, querystring: PART, response: { 200: CONVERSATION } } },
    async ({ params: { id }, query }, reply) => {
      await check(id);
      // The place first: what comes meanwhile is told again by the events, and not left out.
      const place = await describePlace(app, id);
      const { messages, attachments, older } = await readPart(app, id, query);
      const session = await app.memory.sessions.get(id);
      const given = new Map(
        (await app.conversations.listFeedback(id)).map((feedback) => [feedback.messageId, feedback]),
      );
      void reply.header('cache-control', 'no-store');
      return {
        id,
        ...place,
        older,
        attachments: attachments.map(wireAttachment),
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
    async ({ params: { id }, body, ip }) => {
      await check(id);
      await gate.admitSignal({ visitor: id, address: ip });
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
}

/** A part of a conversation, so that a long one is not read whole; the files are those that came with the messages. */
async function readPart(app: App, id: string, { limit, before }: Static<typeof PART>) {
  const files = await app.desk.attachments.list(id);
  if (limit === undefined)
    return { messages: await app.conversations.listMessages(id), attachments: files, older: false };
  const { conversations } = app;
  const found =
    before === undefined
      ? await conversations.listRecentMessages(id, limit + 1)
      : await conversations.listMessagesBefore(id, before, limit + 1);
  const older = found.length > limit;
  const messages = older ? found.slice(1) : found;
  const until = before === undefined ? null : ((await conversations.findMessage(before))?.createdAt ?? null);
  const since = older ? (messages[0]?.createdAt ?? null) : null;
  const attachments = files.filter(
    ({ createdAt }) => (since === null || createdAt >= since) && (until === null || createdAt < until),
  );
  return { messages, attachments, older };
}

async function describePlace({ desk, staff }: App, conversationId: string) {
  const { store } = desk.tools;
  const thread = await store.threadOf(conversationId);
  const ticket = thread?.ticket == null ? null : await store.getTicket(thread.ticket);
  const person = thread?.assigneeId == null ? null : await staff.users.getUser(thread.assigneeId);
  return {
    state: thread?.state ?? 'assistant',
    sequence: thread?.lastSequence ?? 0,
    ticket: ticket && { number: ticket.number, status: ticket.status, rating: ticket.csatRating },
    assignee: person && { name: person.name },
    availability: desk.availability(thread?.language),
  };
}
