import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { threadOrThrow } from '../../desk/work-thread.ts';
import type { Streamed } from '../../desk/event-hub.ts';
import type { Server } from '../build-server.ts';
import { placeOf, sendEvents } from '../event-source.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { PLACE } from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { whileSignedIn } from '../while-signed-in.ts';
import { wireEvent } from '../wire-desk.ts';

const AFTER = Type.Object({ after: PLACE });

/** Streams for the console: of everything, and of one thread. */
export function addDeskEventRoutes(server: Server, { desk, staff }: App, check: StaffCheck): void {
  const { tools, hub, presence, files } = desk;

  server.get('/api/v1/events', { schema: { querystring: AFTER } }, async (request, reply) => {
    const after = placeOf(request, request.query.after) ?? (await tools.store.lastPosition());
    const events = hub.stream({ after, audience: 'staff', signal: whileSignedIn(request, reply, check) });
    // Whoever loses the line before anything was told goes on from here.
    void reply.header('answerbox-position', String(after));
    return sendEvents(reply, events, (streamed) => toBlock(streamed, 'position'));
  });

  server.get(
    '/api/v1/threads/:id/stream',
    { schema: { params: ID_PARAMETERS, querystring: AFTER } },
    async (request, reply) => {
      const thread = await threadOrThrow(request.params.id, tools);
      const after = placeOf(request, request.query.after) ?? thread.lastSequence;
      const signal = whileSignedIn(request, reply, check);
      const events = hub.stream({ threadId: thread.id, after, audience: 'staff', signal });
      return sendEvents(reply, events, (streamed) => toBlock(streamed, 'sequence'));
    },
  );

  server.get(
    '/api/v1/staff',
    {
      schema: {
        response: {
          200: Type.Object({
            staff: Type.Array(
              Type.Object({
                id: Type.String(),
                name: Type.String(),
                role: Type.String(),
                online: Type.Boolean(),
              }),
            ),
          }),
        },
      },
    },
    async () => {
      const online = presence.online();
      const people = (await staff.users.listUsers()).filter(({ disabled }) => !disabled);
      return { staff: people.map(({ id, name, role }) => ({ id, name, role, online: online.has(id) })) };
    },
  );

  server.get(
    '/api/v1/handover-rules',
    {
      schema: {
        response: {
          200: Type.Object({
            from: Type.String(),
            rules: Type.Array(Type.Record(Type.String(), Type.Unknown())),
          }),
        },
      },
    },
    async () => ({
      from: files.rulesFrom === 'built in' ? 'built in' : 'handover-rules.json',
      rules: files.rules.map((rule) => ({ ...rule })),
    }),
  );
}

function toBlock(streamed: Exclude<Streamed, { heartbeat: true }>, number: 'position' | 'sequence') {
  if ('stored' in streamed) {
    const event = wireEvent(streamed.stored);
    return { type: event.type, data: event, ...(event[number] !== null && { id: event[number] }) };
  }
  const { type, threadId, data } = streamed.notice;
  return { type, data: { type, thread_id: threadId, data } };
}
