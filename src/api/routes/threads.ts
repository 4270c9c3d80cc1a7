import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import {
  addNote,
  changeThread,
  closeThread,
  handBack,
  reply,
  take,
  threadOrThrow,
} from '../../desk/work-thread.ts';
import { DESK } from '../../desk/desk-settings.ts';

import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import {
  CURSOR,
  CUSTOMER,
  EVENT,
  EVENTS,
  HANDOVER,
  LIMIT,
  literals,
  orNothing,
  orNull,
  PLACE,
  PRESENT,
  THREAD,
  THREAD_CHANGE,
  TICKET,
} from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { actorOf } from '../staff-actor.ts';
import { THREAD_FILTERS, toThreadFilter } from '../thread-filter.ts';
import { wireCustomer, wireEvent, wireThread, wireTicket } from '../wire-desk.ts';

const TEXT = Type.String({ minLength: 1, maxLength: DESK.messageCharacters });
const MESSAGE_ID = Type.Optional(
  Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }),
);
const DRAFT_USE = Type.Object({
  shown: Type.Boolean(),
  inserted: Type.Boolean(),
  edited_share: Type.Number({ minimum: 0, maximum: 1 }),
  message_id: Type.Optional(
    Type.String({ maxLength: 100, description: 'what the suggestion replied to; else the last message' }),
  ),
});
const COUNTS = ['waiting', 'mine', 'unassigned', 'open', 'snoozed', 'all', 'unread'] as const;
/** Whether a reply also goes out by mail, or why not. */
const MAIL_REACH = ['sent', 'no_address', 'no_server'] as const;
const WHOLE_THREAD = Type.Intersect([
  THREAD,
  Type.Object({
    customer: orNull(CUSTOMER),
    ticket_details: orNull(TICKET),
    handover: orNull(HANDOVER),
    present: PRESENT,
    mail: literals(MAIL_REACH),
  }),
]);

/** The staff's side of conversations. */
export function addThreadRoutes(server: Server, app: App): void {
  const { desk } = app;
  const { tools, hub } = desk;
  const { store } = tools;
  const mailReach = (address: string | null): (typeof MAIL_REACH)[number] => {
    if (!tools.mail) return 'no_server';
    return address === null ? 'no_address' : 'sent';
  };
  const whole = async (id: string) => {
    const thread = await threadOrThrow(id, tools);
    const ticket = thread.ticket === null ? null : await store.getTicket(thread.ticket);
    const customer = thread.customerId === null ? null : await tools.customers.get(thread.customerId);
    return {
      ...wireThread(thread),
      customer: customer && wireCustomer(customer),
      ticket_details: ticket && wireTicket(ticket, tools.now()),
      handover: ticket?.handover ?? null,
      present: desk.presence.of(id),
      mail: mailReach(ticket?.contact.email ?? null),
    };
  };

  server.get(
    '/api/v1/threads',
    {
      schema: {
        querystring: Type.Object({
          ...THREAD_FILTERS,
          limit: LIMIT,
          cursor: CURSOR,
        }),
        response: {
          200: Type.Object({ threads: Type.Array(THREAD), next_cursor: orNull(Type.String()) }),
        },
      },
    },
    async (request) => {
      const { limit = 50, cursor } = request.query;
      const filter = toThreadFilter(request.query, principalOf(request).id);
      const { items, nextCursor } = await store.listThreads(filter, { limit, ...(cursor && { cursor }) });
      return { threads: items.map(wireThread), next_cursor: nextCursor };
    },
  );

  server.get(
    '/api/v1/threads/counts',
    {
      schema: {
        response: {
          200: Type.Object(Object.fromEntries(COUNTS.map((name) => [name, Type.Integer()]))),
        },
      },
    },
    async (request) => store.countThreads(principalOf(request).id),
  );

  server.get(
    '/api/v1/threads/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: WHOLE_THREAD } } },
    async ({ params: { id } }) => whole(id),
  );

  server.get(
    '/api/v1/threads/:id/events',
    {
      schema: {
        params: ID_PARAMETERS,
        querystring: Type.Object({ after: PLACE, before: PLACE, limit: LIMIT }),
        response: { 200: EVENTS },
      },
    },
    async ({ params: { id }, query: { after, before, limit = 50 } }) => {
      await threadOrThrow(id, tools);
      const place = before !== undefined ? { before } : { after: after ?? 0 };
      return { events: (await store.listEvents(id, { ...place, limit })).map(wireEvent) };
    },
  );

  server.post(
    '/api/v1/threads/:id/messages',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object({
          text: TEXT,
          id: MESSAGE_ID,
          seen_sequence: PLACE,
          from_draft: Type.Optional(DRAFT_USE),
        }),
        response: { 201: EVENT },
      },
    },
    async (request, response) => {
      const { text, id, seen_sequence: seenSequence, from_draft: use } = request.body;
      const message = { text, ...(id && { id }), ...(seenSequence !== undefined && { seenSequence }) };
      const actor = actorOf(request);
      const event = await reply(request.params.id, message, actor, tools);
      if (use)
        await store.noteDraftUse({
          messageId: event.id,
          shown: use.shown,
          inserted: use.inserted,
          editedShare: use.edited_share,
          ...(use.message_id !== undefined && { askedId: use.message_id }),
          propose: use.inserted && use.edited_share >= DESK.learntShare,
        });
      await store.putDraft(actor.id, request.params.id, 'reply', null);
      return response.status(201).send(wireEvent(event));
    },
  );

  server.post(
    '/api/v1/threads/:id/notes',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object({
          text: TEXT,
          id: MESSAGE_ID,
          mentions: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
        }),
        response: { 201: EVENT },
      },
    },
    async (request, response) => {
      const { mentions = [], ...note } = request.body;
      const actor = actorOf(request);
      const event = await addNote(request.params.id, { ...note, mentions }, actor, tools);
      await store.putDraft(actor.id, request.params.id, 'note', null);
      return response.status(201).send(wireEvent(event));
    },
  );

  server.patch(
    '/api/v1/threads/:id',
    { schema: { params: ID_PARAMETERS, body: THREAD_CHANGE, response: { 200: WHOLE_THREAD } } },
    async (request) => {
      const { assignee_id: assigneeId, team_id: teamId, ...rest } = request.body;
      const change = {
        ...rest,
        ...(assigneeId !== undefined && { assigneeId }),
        ...(teamId !== undefined && { teamId }),
      };
      await changeThread(request.params.id, change, actorOf(request), tools);
      return whole(request.params.id);
    },
  );

  const moves = {
    take: (id: string, request: Parameters<typeof actorOf>[0]) => take(id, actorOf(request), tools),
    close: (id: string, request: Parameters<typeof actorOf>[0]) => closeThread(id, actorOf(request), tools),
  };
  for (const [name, move] of Object.entries(moves))
    server.post(
      `/api/v1/threads/:id/${name}`,
      { schema: { params: ID_PARAMETERS, response: { 200: WHOLE_THREAD } } },
      async (request) => {
        await move(request.params.id, request);
        return whole(request.params.id);
      },
    );

  server.post(
    '/api/v1/threads/:id/hand-back',
    {
      schema: {
        params: ID_PARAMETERS,
        body: orNothing(Type.Object({ text: Type.Optional(TEXT) })),
        response: { 200: WHOLE_THREAD },
      },
    },
    async (request) => {
      await handBack(request.params.id, request.body?.text, actorOf(request), tools);
      return whole(request.params.id);
    },
  );

  server.post(
    '/api/v1/threads/:id/presence',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object({
          state: literals(['viewing', 'idle', 'writing', 'away']),
          kind: Type.Optional(literals(['reply', 'note'])),
        }),
        response: { 200: Type.Object({ present: PRESENT }) },
      },
    },
    async (request) => {
      const { state, kind = null } = request.body;
      await threadOrThrow(request.params.id, tools);
      const present = state === 'away' ? null : { state, kind };
      return { present: desk.presence.set(request.params.id, principalOf(request), present) };
    },
  );

  server.post(
    '/api/v1/threads/:id/read',
    { schema: { params: ID_PARAMETERS, body: Type.Object({ sequence: Type.Integer({ minimum: 0 }) }) } },
    async (request, response) => {
      const thread = await threadOrThrow(request.params.id, tools);
      const read = Math.min(request.body.sequence, thread.lastSequence);
      if (read > thread.staffRead) {
        await store.apply({ threads: [{ id: thread.id, set: { staffRead: read } }] });
        const data = { who: 'staff', sequence: read };
        hub.tell({ threadId: thread.id, type: 'read-change', visibility: 'all', data });
      }
      return response.status(204).send();
    },
  );

  addDraftRoutes(server, app);
}

function addDraftRoutes(server: Server, { desk }: App): void {
  const { store } = desk.tools;
  const params = Type.Object({ id: ID_PARAMETERS.properties.id, kind: literals(['reply', 'note']) });
  const address = '/api/v1/threads/:id/drafts/:kind';

  server.get(
    address,
    {
      schema: {
        params,
        response: {
          200: Type.Object({
            text: Type.String(),
            data: Type.Unknown(),
            updated_at: orNull(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { id, kind } = request.params;
      const draft = await store.getDraft(principalOf(request).id, id, kind);
      return { text: draft?.text ?? '', data: draft?.data ?? null, updated_at: draft?.updatedAt ?? null };
    },
  );

  server.put(
    address,
    {
      schema: {
        params,
        body: Type.Object({
          text: Type.String({ maxLength: DESK.messageCharacters }),
          data: Type.Optional(Type.Unknown()),
        }),
      },
    },
    async (request, reply_) => {
      const { id, kind } = request.params;
      await threadOrThrow(id, desk.tools);
      const { text, data = null } = request.body;
      await store.putDraft(principalOf(request).id, id, kind, text === '' ? null : { text, data });
      return reply_.status(204).send();
    },
  );

  server.delete(address, { schema: { params } }, async (request, reply_) => {
    await store.putDraft(principalOf(request).id, request.params.id, request.params.kind, null);
    return reply_.status(204).send();
  });
}
