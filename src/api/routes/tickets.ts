import { randomUUID } from 'node:crypto';
import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { NO_CONTACT } from '../../desk/find-customer.ts';
import { mergeTickets } from '../../desk/merge-tickets.ts';
import {
  editTicket,
  linkTickets,
  openTicket,
  snooze,
  ticketOrThrow,
  type TicketEdit,
} from '../../desk/work-ticket.ts';
import { addNote } from '../../desk/work-thread.ts';
import {
  TICKET_SORTS,
  type Priority,
  type TicketFilter,
  type TicketStatus,
} from '../../stores/ticket-contracts.ts';
import type { Server } from '../build-server.ts';
import { listOf } from '../../text/list-of.ts';
import { asKnown } from '../plugins/error-exit.ts';
import { principalOf } from '../plugins/staff-access.ts';
import {
  CURSOR,
  CUSTOMER,
  EVENTS,
  HANDOVER,
  LIMIT,
  LIST,
  literals,
  NEW_TICKET,
  NUMBER_PARAMETERS,
  orNothing,
  orNull,
  PLACE,
  THREAD,
  TICKET,
  TICKET_EDIT,
  TICKET_EDIT_AT_VERSION,
  WORDS,
} from '../schemas/desk-schema.ts';
import { EXPORT_PAGE, sendExport } from '../send-export.ts';
import { actorOf } from '../staff-actor.ts';
import { wireCustomer, wireEvent, wireThread, wireTicket } from '../wire-desk.ts';

const FILTERS = {
  status: LIST,
  priority: LIST,
  assignee: Type.Optional(Type.String({ maxLength: 1000, description: 'me, none or ids' })),
  team: Type.Optional(Type.String({ maxLength: 100 })),
  tag: Type.Optional(Type.String({ maxLength: 60 })),
  category: Type.Optional(Type.String({ maxLength: 100 })),
  customer: Type.Optional(Type.String({ maxLength: 100 })),
  overdue: Type.Optional(Type.Boolean()),
  q: WORDS,
  sort: Type.Optional(literals(TICKET_SORTS)),
};
type Filter = Static<TObject<typeof FILTERS>>;
const WHOLE_TICKET = Type.Intersect([
  TICKET,
  Type.Object({
    customer: orNull(CUSTOMER),
    handover: orNull(HANDOVER),
    threads: Type.Array(THREAD),
    links: Type.Array(Type.Integer()),
  }),
]);
const BULK_LIMIT = 500;

export function addTicketRoutes(server: Server, app: App): void {
  const { tools } = app.desk;
  const { store } = tools;
  const whole = async (number: number) => {
    const ticket = await ticketOrThrow(number, tools);
    const customer = ticket.customerId === null ? null : await tools.customers.get(ticket.customerId);
    return {
      ...wireTicket(ticket, tools.now()),
      customer: customer && wireCustomer(customer),
      handover: ticket.handover,
      threads: (await store.threadsOfTicket(number)).map(wireThread),
      links: await store.linksOf(number),
    };
  };
  const filterOf = (query: Filter, me: string) => toFilter(query, me, tools.now());

  server.get(
    '/api/v1/tickets',
    {
      schema: {
        querystring: Type.Object({ ...FILTERS, limit: LIMIT, cursor: CURSOR }),
        response: { 200: Type.Object({ tickets: Type.Array(TICKET), next_cursor: orNull(Type.String()) }) },
      },
    },
    async (request) => {
      const { limit = 50, cursor, sort = 'updated' } = request.query;
      const filter = filterOf(request.query, principalOf(request).id);
      const { items, nextCursor } = await store.listTickets(filter, sort, {
        limit,
        ...(cursor && { cursor }),
      });
      const now = tools.now();
      return { tickets: items.map((ticket) => wireTicket(ticket, now)), next_cursor: nextCursor };
    },
  );

  server.get(
    '/api/v1/tickets/export',
    { schema: { querystring: Type.Object({ ...FILTERS, format: literals(['csv', 'json']) }) } },
    async (request, reply) => {
      const { format, sort = 'created' } = request.query;
      const filter = filterOf(request.query, principalOf(request).id);
      return sendExport(
        reply,
        { format, name: 'tickets' },
        (cursor) => store.listTickets(filter, sort, { limit: EXPORT_PAGE, ...(cursor && { cursor }) }),
        (ticket) => flatTicket(wireTicket(ticket, tools.now()), format),
      );
    },
  );

  server.post(
    '/api/v1/tickets',
    { schema: { body: NEW_TICKET, response: { 201: WHOLE_TICKET } } },
    async (request, reply) => {
      const { customer, text, assignee_id: assigneeId, team_id: teamId, ...rest } = request.body;
      const actor = actorOf(request);
      const conversationId = await app.conversations.createConversation({ source: 'staff' });
      const ticket = await openTicket(
        conversationId,
        {
          ...rest,
          contact: { ...NO_CONTACT, ...customer },
          source: 'staff',
          ...(assigneeId !== undefined && { assigneeId }),
          ...(teamId !== undefined && { teamId }),
        },
        actor,
        tools,
      );
      const thread = await store.threadOf(conversationId);
      if (text?.trim() && thread)
        await addNote(thread.id, { text, id: randomUUID(), mentions: [] }, actor, tools);
      return reply.status(201).send(await whole(ticket.number));
    },
  );

  server.get(
    '/api/v1/tickets/:number',
    { schema: { params: NUMBER_PARAMETERS, response: { 200: WHOLE_TICKET } } },
    async ({ params: { number } }) => whole(number),
  );

  server.get(
    '/api/v1/tickets/:number/history',
    {
      schema: {
        params: NUMBER_PARAMETERS,
        querystring: Type.Object({ after: PLACE, limit: LIMIT }),
        response: { 200: EVENTS },
      },
    },
    async ({ params: { number }, query: { after = 0, limit = 50 } }) => {
      await ticketOrThrow(number, tools);
      return { events: (await store.history(number, { after, limit })).map(wireEvent) };
    },
  );

  server.patch(
    '/api/v1/tickets/:number',
    { schema: { params: NUMBER_PARAMETERS, body: TICKET_EDIT_AT_VERSION, response: { 200: WHOLE_TICKET } } },
    async (request) => {
      const { version, ...edit } = request.body;
      await editTicket(request.params.number, toEdit(edit), actorOf(request), tools, version);
      return whole(request.params.number);
    },
  );

  server.post(
    '/api/v1/tickets/bulk',
    {
      schema: {
        body: Type.Object({
          numbers: Type.Array(Type.Integer({ minimum: 1 }), {
            minItems: 1,
            maxItems: BULK_LIMIT,
            uniqueItems: true,
          }),
          change: TICKET_EDIT,
        }),
        response: {
          200: Type.Object({
            done: Type.Array(Type.Integer()),
            failed: Type.Array(
              Type.Object({ number: Type.Integer(), code: Type.String(), message: Type.String() }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const done: number[] = [];
      const failed: { number: number; code: string; message: string }[] = [];
      for (const number of request.body.numbers) {
        try {
          await editTicket(number, toEdit(request.body.change), actorOf(request), tools);
          done.push(number);
        } catch (error) {
          const { code, message } = asKnown(error);
          failed.push({ number, code, message });
        }
      }
      return { done, failed };
    },
  );

  server.post(
    '/api/v1/tickets/:number/snooze',
    {
      schema: {
        params: NUMBER_PARAMETERS,
        body: orNothing(Type.Object({ until: Type.Optional(orNull(Type.String({ maxLength: 40 }))) })),
        response: { 200: WHOLE_TICKET },
      },
    },
    async (request) => {
      await snooze(request.params.number, request.body?.until ?? null, actorOf(request), tools);
      return whole(request.params.number);
    },
  );

  server.post(
    '/api/v1/tickets/:number/merge',
    {
      schema: {
        params: NUMBER_PARAMETERS,
        body: Type.Object({ into: Type.Integer({ minimum: 1 }) }),
        response: { 200: WHOLE_TICKET },
      },
    },
    async (request) => {
      await mergeTickets(request.params.number, request.body.into, actorOf(request), tools);
      return whole(request.body.into);
    },
  );

  const pair = Type.Object({ number: Type.Integer({ minimum: 1 }), other: Type.Integer({ minimum: 1 }) });
  for (const [method, linked] of [
    ['POST', true],
    ['DELETE', false],
  ] as const)
    server.route<{ Params: Static<typeof pair> }>({
      method,
      url: '/api/v1/tickets/:number/links/:other',
      schema: { params: pair, response: { 200: WHOLE_TICKET } },
      handler: async (request) => {
        const { number, other } = request.params;
        await linkTickets(number, other, linked, actorOf(request), tools);
        return whole(number);
      },
    });
}

function toFilter(query: Filter, me: string, now: Date): TicketFilter {
  const { status, priority, assignee, team, tag, category, customer, overdue, q } = query;
  return {
    ...(status && { status: listOf(status) as TicketStatus[] }),
    ...(priority && { priority: listOf(priority) as Priority[] }),
    ...(assignee && {
      assigneeId: listOf(assignee).map((one) => (one === 'none' ? null : one === 'me' ? me : one)),
    }),
    ...(team && { teamId: team }),
    ...(tag && { tag }),
    ...(category && { category }),
    ...(customer && { customerId: customer }),
    ...(overdue === true && { overdueAt: now.toISOString() }),
    ...(q?.trim() && { text: q }),
  };
}

function toEdit({
  assignee_id: assigneeId,
  team_id: teamId,
  ...rest
}: Static<typeof TICKET_EDIT>): TicketEdit {
  return {
    ...rest,
    ...(assigneeId !== undefined && { assigneeId }),
    ...(teamId !== undefined && { teamId }),
  };
}

function flatTicket(ticket: ReturnType<typeof wireTicket>, format: 'csv' | 'json'): Record<string, unknown> {
  if (format === 'json') return ticket;
  const { contact, due, csat, tags, ...rest } = ticket;
  return {
    ...rest,
    tags: tags.join(' '),
    contact_name: contact.name,
    contact_email: contact.email,
    contact_phone: contact.phone,
    first_response_due: due.first_response_at,
    resolution_due: due.resolution_at,
    csat_rating: csat?.rating ?? null,
    csat_comment: csat?.comment ?? null,
  };
}
