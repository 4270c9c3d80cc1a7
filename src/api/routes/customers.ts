import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { MEMORY_PURPOSE } from '../../desk/record-consent.ts';
import { AnswerboxError } from '../../errors.ts';
import type { CustomerChange, CustomerRecord } from '../../stores/customer-contracts.ts';
import type { Server } from '../build-server.ts';
import {
  CURSOR,
  CUSTOMER,
  CUSTOMER_CHANGE,
  LIMIT,
  literals,
  orNull,
  THREAD,
  TICKET,
  WORDS,
} from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { EXPORT_PAGE, sendExport } from '../send-export.ts';
import { actorOf } from '../staff-actor.ts';
import { wireCustomer, wireThread, wireTicket } from '../wire-desk.ts';

/** Threads and tickets shown with a customer; further ones by the lists' own filter. */
const SHOWN = 20;
const CONSENT = Type.Object({
  purpose: Type.String(),
  given: Type.Boolean(),
  source: Type.String(),
  by: Type.String(),
  at: Type.String(),
});
const WHOLE_CUSTOMER = Type.Intersect([
  CUSTOMER,
  Type.Object({
    threads: Type.Array(THREAD),
    tickets: Type.Array(TICKET),
    consents: Type.Array(CONSENT),
  }),
]);

export function addCustomerRoutes(server: Server, app: App): void {
  const { customers, store, now } = app.desk.tools;
  const customerOrThrow = async (id: string): Promise<CustomerRecord> => {
    const customer = await customers.get(id);
    if (!customer) throw new AnswerboxError('customer_not_found', { id });
    return customer;
  };
  const whole = async (id: string) => {
    const customer = await customerOrThrow(id);
    const threads = await store.listThreads({ customerId: id }, { limit: SHOWN });
    const tickets = await store.listTickets({ customerId: id }, 'updated', { limit: SHOWN });
    return {
      ...wireCustomer(customer),
      threads: threads.items.map(wireThread),
      tickets: tickets.items.map((ticket) => wireTicket(ticket, now())),
      consents: await customers.listConsents(id),
    };
  };

  server.get(
    '/api/v1/customers',
    {
      schema: {
        querystring: Type.Object({ q: WORDS, limit: LIMIT, cursor: CURSOR }),
        response: {
          200: Type.Object({ customers: Type.Array(CUSTOMER), next_cursor: orNull(Type.String()) }),
        },
      },
    },
    async ({ query: { q, limit = 50, cursor } }) => {
      const page = { limit, ...(cursor && { cursor }) };
      const { items, nextCursor } = await customers.list(q ? { text: q } : {}, page);
      return { customers: items.map(wireCustomer), next_cursor: nextCursor };
    },
  );

  server.get(
    '/api/v1/customers/export',
    { schema: { querystring: Type.Object({ q: WORDS, format: literals(['csv', 'json']) }) } },
    async ({ query: { q, format } }, reply) =>
      sendExport(
        reply,
        { format, name: 'customers' },
        (cursor) => customers.list(q ? { text: q } : {}, { limit: EXPORT_PAGE, ...(cursor && { cursor }) }),
        (customer) => wireCustomer(customer),
      ),
  );

  server.post(
    '/api/v1/customers',
    { schema: { body: CUSTOMER_CHANGE, response: { 201: CUSTOMER } } },
    async (request, reply) =>
      reply.status(201).send(wireCustomer(await customers.create(request.body as CustomerChange))),
  );

  server.get(
    '/api/v1/customers/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: WHOLE_CUSTOMER } } },
    async ({ params: { id } }) => whole(id),
  );

  server.patch(
    '/api/v1/customers/:id',
    { schema: { params: ID_PARAMETERS, body: CUSTOMER_CHANGE, response: { 200: WHOLE_CUSTOMER } } },
    async ({ params: { id }, body }) => {
      await customerOrThrow(id);
      await customers.change(id, body);
      return whole(id);
    },
  );

  server.put(
    '/api/v1/customers/:id/consents/:purpose',
    {
      schema: {
        params: Type.Object({
          id: ID_PARAMETERS.properties.id,
          purpose: Type.String({ minLength: 1, maxLength: 60 }),
        }),
        body: Type.Object({
          given: Type.Boolean(),
          source: Type.String({ minLength: 1, maxLength: 200 }),
        }),
        response: { 200: Type.Object({ consents: Type.Array(CONSENT) }) },
      },
    },
    async (request) => {
      const { id, purpose } = request.params;
      const { subject } = await customerOrThrow(id);
      const { given, source } = request.body;
      const by = actorOf(request).name;
      // Recall rests on this one: both records say the same.
      if (purpose === MEMORY_PURPOSE && subject !== null)
        await app.memory.customers.setConsent(subject, given, { source, by });
      else await customers.addConsent(id, { purpose, given, source, by });
      return { consents: await customers.listConsents(id) };
    },
  );

  server.post(
    '/api/v1/customers/:id/merge',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object({ into: ID_PARAMETERS.properties.id }),
        response: { 200: WHOLE_CUSTOMER },
      },
    },
    async ({ params: { id }, body: { into } }) => {
      const [gone, kept] = [await customerOrThrow(id), await customerOrThrow(into)];
      if (id === into || gone.mergedInto !== null || kept.mergedInto !== null)
        throw new AnswerboxError('request_invalid', {
          reason: 'two customers are merged that are different and not merged already',
        });
      if (gone.subject !== null && kept.subject !== null)
        throw new AnswerboxError('request_invalid', { reason: 'the shop knows both as different customers' });
      await customers.merge(id, into);
      return whole(into);
    },
  );
}
