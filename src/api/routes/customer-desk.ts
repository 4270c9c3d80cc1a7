import { Type } from '@sinclair/typebox';
import type { CustomerGate } from '../../abuse/customer-gate.ts';
import { createConversationLock } from '../../answer/conversation-lock.ts';
import type { App } from '../../app.ts';
import { CUSTOMER_ACTOR } from '../../desk/desk-tools.ts';
import { rateTicket } from '../../desk/work-ticket.ts';
import { AnswerboxError } from '../../errors.ts';
import type { ThreadRecord } from '../../stores/thread-contracts.ts';
import type { Server } from '../build-server.ts';
import { placeOf, sendEvents } from '../event-source.ts';
import { handOverOnce, requestIds } from '../hand-over-once.ts';
import { requestSignal } from '../request-signal.ts';
import { AVAILABILITY, CONTACT, EMAIL, orNothing, PLACE } from '../schemas/desk-schema.ts';
import { PROOF, QUESTION_ID } from '../schemas/answer-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireCustomerEvent } from '../wire-desk.ts';

const TICKET = Type.Object({ number: Type.Integer(), status: Type.String() });
/** Sent again under it, a request whose answer was lost is taken once. */
const REQUEST_ID = Type.Optional({
  ...QUESTION_ID,
  description:
    'of your own, 20 to 64 letters, digits, - or _: sent again under it, the request is taken once, as it came first',
});
const REQUEST = Type.Intersect([
  CONTACT,
  Type.Object({ id: REQUEST_ID, message: Type.Optional(Type.String({ maxLength: 4000 })) }),
]);
const FORM = Type.Object({
  id: REQUEST_ID,
  message: Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' }),
  email: EMAIL,
  name: Type.Optional(Type.String({ maxLength: 200 })),
  phone: CONTACT.properties.phone,
  proof: Type.Optional(PROOF),
});
const BEGINNING = Type.Object({ proof: Type.Optional(PROOF) });

const LANGUAGE = Type.Object({
  language: Type.Optional(
    Type.String({
      maxLength: 35,
      description: 'of the text, BCP 47: en, de, fr, es or zh; others get English',
    }),
  ),
});

/** What customers do with the desk. The unguessable id of the conversation is all that opens it. */
export function addCustomerDeskRoutes(server: Server, app: App, gate: CustomerGate): void {
  const { desk } = app;
  const { store } = desk.tools;
  const threadOf = async (id: string): Promise<ThreadRecord> => {
    const thread = await store.threadOf(id);
    if (!thread) throw new AnswerboxError('conversation_not_found', { id });
    return thread;
  };
  // Sent again while the first is still at work, it waits for what came of that.
  const requests = createConversationLock();
  const inTurn = async <Result>(id: string, work: () => Promise<Result>): Promise<Result> => {
    const release = await requests.acquire(id);
    try {
      return await work();
    } finally {
      release();
    }
  };

  server.get(
    '/api/v1/availability',
    { schema: { querystring: LANGUAGE, response: { 200: AVAILABILITY } } },
    async ({ query: { language } }) => desk.availability(language ?? null),
  );

  server.get(
    '/api/v1/conversations/:id/events',
    { schema: { params: ID_PARAMETERS, querystring: Type.Object({ after: PLACE }) } },
    async (request, reply) => {
      const thread = await threadOf(request.params.id);
      const after = placeOf(request, request.query.after) ?? thread.lastSequence;
      reply.raw.once('close', gate.openStream(request.ip));
      const signal = requestSignal(reply);
      const events = desk.hub.stream({ threadId: thread.id, after, audience: 'customer', signal });
      return sendEvents(reply, events, (streamed) =>
        'stored' in streamed
          ? {
              id: streamed.stored.sequence!,
              type: streamed.stored.type,
              data: wireCustomerEvent(streamed.stored),
            }
          : { type: streamed.notice.type, data: { type: streamed.notice.type, ...streamed.notice.data } },
      );
    },
  );

  server.post(
    '/api/v1/conversations/:id/handover',
    {
      schema: {
        params: ID_PARAMETERS,
        body: orNothing(REQUEST),
        response: {
          200: Type.Object({ message: Type.String(), ticket: TICKET, availability: AVAILABILITY }),
        },
      },
    },
    async ({ params: { id }, body, ip }) => {
      await threadOf(id);
      const { message: text = '', id: own, ...contact } = body ?? {};
      const ids = requestIds(id, own);
      return inTurn(ids.reply, async () => {
        const taken = await app.conversations.findMessage(ids.reply);
        if (!taken) await gate.admit({ visitor: id, address: ip, anonymousStart: false });
        return handOverOnce({ conversationId: id, ids, text, contact }, app);
      });
    },
  );

  // For what comes before the first question, such as a file.
  server.post(
    '/api/v1/conversations',
    {
      schema: { body: orNothing(BEGINNING), response: { 201: Type.Object({ id: Type.String() }) } },
    },
    async ({ body, ip }, reply) => {
      await gate.admit({ visitor: null, address: ip, anonymousStart: true, proof: body?.proof });
      return reply.status(201).send({ id: await app.conversations.createConversation({ source: 'empty' }) });
    },
  );

  server.post(
    '/api/v1/contact',
    {
      schema: {
        body: FORM,
        response: {
          200: Type.Object({ conversation_id: Type.String(), ticket: TICKET, message: Type.String() }),
        },
      },
    },
    async ({ body: { message: text, proof, id: own, ...contact }, ip }) => {
      const ids = requestIds('form', own);
      return inTurn(ids.message, async () => {
        const known = await app.conversations.findMessage(ids.message);
        if (!known) await gate.admit({ visitor: null, address: ip, anonymousStart: true, proof });
        const conversationId =
          known?.conversationId ?? (await app.conversations.createConversation({ source: 'form' }));
        const taken = await handOverOnce({ conversationId, ids, text, contact, source: 'form' }, app);
        return { conversation_id: conversationId, ticket: taken.ticket, message: taken.message };
      });
    },
  );

  server.post(
    '/api/v1/conversations/:id/contact',
    { schema: { params: ID_PARAMETERS, body: CONTACT } },
    async ({ params: { id }, body, ip }, reply) => {
      const thread = await threadOf(id);
      await gate.admit({ visitor: id, address: ip, anonymousStart: false });
      if (thread.ticket === null)
        throw new AnswerboxError('not_found', { what: 'ticket of this conversation' });
      await desk.handOver({
        conversationId: id,
        reason: 'customer_request',
        rule: null,
        contact: body,
        actor: CUSTOMER_ACTOR,
      });
      return reply.status(204).send();
    },
  );

  server.post(
    '/api/v1/conversations/:id/typing',
    { schema: { params: ID_PARAMETERS, body: Type.Object({ typing: Type.Boolean() }) } },
    async ({ params: { id }, body, ip }, reply) => {
      const thread = await threadOf(id);
      await gate.admitSignal({ visitor: id, address: ip });
      desk.presence.customerTypes(thread.id, body.typing);
      return reply.status(204).send();
    },
  );

  server.post(
    '/api/v1/conversations/:id/read',
    { schema: { params: ID_PARAMETERS, body: Type.Object({ sequence: Type.Integer({ minimum: 0 }) }) } },
    async ({ params: { id }, body: { sequence }, ip }, reply) => {
      const thread = await threadOf(id);
      await gate.admitSignal({ visitor: id, address: ip });
      const read = Math.min(sequence, thread.lastSequence);
      if (read > thread.customerRead) {
        await store.apply({ threads: [{ id: thread.id, set: { customerRead: read } }] });
        const data = { who: 'customer', sequence: read };
        desk.hub.tell({ threadId: thread.id, type: 'read-change', visibility: 'staff', data });
      }
      return reply.status(204).send();
    },
  );

  server.post(
    '/api/v1/conversations/:id/csat',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object({
          rating: Type.Integer({ minimum: 1, maximum: 5 }),
          comment: Type.Optional(Type.String({ maxLength: 4000 })),
        }),
      },
    },
    async ({ params: { id }, body: { rating, comment }, ip }, reply) => {
      const thread = await threadOf(id);
      await gate.admitSignal({ visitor: id, address: ip });
      if (thread.ticket === null)
        throw new AnswerboxError('not_found', { what: 'ticket of this conversation' });
      await rateTicket(thread.ticket, rating, comment ?? null, CUSTOMER_ACTOR, desk.tools);
      return reply.status(204).send();
    },
  );
}
