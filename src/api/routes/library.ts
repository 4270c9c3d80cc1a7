import { randomUUID } from 'node:crypto';
import { Type, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { fillPlaceholders } from '../../desk/fill-placeholders.ts';
import { MACRO, runMacro, toEdit, type Macro } from '../../desk/run-macro.ts';
import { threadOrThrow } from '../../desk/work-thread.ts';
import { AnswerboxError } from '../../errors.ts';
import { LIBRARY_KINDS, type LibraryItem, type LibraryKind } from '../../stores/desk-contracts.ts';
import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { literals, THREAD } from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { actorOf } from '../staff-actor.ts';
import { wireThread } from '../wire-desk.ts';

const CLOSED = { additionalProperties: false };
/** What an entry of a kind holds besides its name. */
const SHAPES: Record<LibraryKind, TSchema> = {
  macros: MACRO,
  'saved-replies': Type.Object(
    {
      text: Type.String({ minLength: 1, maxLength: 20_000 }),
      tags: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 })),
    },
    CLOSED,
  ),
  teams: Type.Object({ members: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 500 }) }, CLOSED),
  categories: Type.Object({ description: Type.Optional(Type.String({ maxLength: 500 })) }, CLOSED),
  tags: Type.Object({ colour: Type.Optional(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })) }, CLOSED),
};
const KIND = Type.Object({ kind: literals(LIBRARY_KINDS) });
const KIND_AND_ID = Type.Object({ ...KIND.properties, ...ID_PARAMETERS.properties });
const BODY = Type.Intersect([
  Type.Object({ name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) }),
  Type.Record(Type.String(), Type.Unknown()),
]);
const ITEM = Type.Object(
  { id: Type.String(), name: Type.String(), updated_at: Type.String() },
  { additionalProperties: true },
);

/** Macros, saved replies, teams, tags and the categories of tickets. */
export function addLibraryRoutes(server: Server, app: App): void {
  const { store } = app.desk.tools;

  server.get(
    '/api/v1/library/:kind',
    { schema: { params: KIND, response: { 200: Type.Object({ items: Type.Array(ITEM) }) } } },
    async ({ params: { kind } }) => ({ items: (await store.listLibrary(kind)).map(wireItem) }),
  );

  server.post(
    '/api/v1/library/:kind',
    { schema: { params: KIND, body: BODY, response: { 201: ITEM } } },
    async ({ params: { kind }, body }, reply) =>
      reply.status(201).send(wireItem(await store.putLibraryItem(kind, randomUUID(), checked(kind, body)))),
  );

  server.put(
    '/api/v1/library/:kind/:id',
    { schema: { params: KIND_AND_ID, body: BODY, response: { 200: ITEM } } },
    async ({ params: { kind, id }, body }) => {
      if (!(await store.getLibraryItem(kind, id)))
        throw new AnswerboxError('library_item_not_found', { kind, id });
      return wireItem(await store.putLibraryItem(kind, id, checked(kind, body)));
    },
  );

  server.delete(
    '/api/v1/library/:kind/:id',
    { schema: { params: KIND_AND_ID } },
    async ({ params: { kind, id } }, reply) => {
      if (!(await store.removeLibraryItem(kind, id)))
        throw new AnswerboxError('library_item_not_found', { kind, id });
      return reply.status(204).send();
    },
  );

  addUseRoutes(server, app);
}

/** Entries at work in a thread: looked at first, then applied. */
function addUseRoutes(server: Server, { desk, shop }: App): void {
  const { tools } = desk;
  const fill = async (text: string, threadId: string, request: FastifyRequest) => {
    const thread = await threadOrThrow(threadId, tools);
    const ticket = thread.ticket === null ? null : await tools.store.getTicket(thread.ticket);
    const customer = thread.customerId === null ? null : await tools.customers.get(thread.customerId);
    const agent = principalOf(request).name;
    return fillPlaceholders(text, { customer, ticket, agent, shop: shop.contact() });
  };
  const macroOf = async (id: string): Promise<Macro> => {
    const item = await tools.store.getLibraryItem('macros', id);
    if (!item) throw new AnswerboxError('library_item_not_found', { kind: 'macros', id });
    return item.data as Macro;
  };

  server.post(
    '/api/v1/threads/:id/preview',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object({
          text: Type.Optional(Type.String({ maxLength: 20_000 })),
          saved_reply_id: Type.Optional(ID_PARAMETERS.properties.id),
          macro_id: Type.Optional(ID_PARAMETERS.properties.id),
        }),
        response: {
          200: Type.Object({
            text: Type.String(),
            note: Type.String(),
            missing: Type.Array(Type.String()),
            actions: Type.Array(Type.Record(Type.String(), Type.Unknown())),
          }),
        },
      },
    },
    async (request) => {
      const { text = '', saved_reply_id: savedId, macro_id: macroId } = request.body;
      const macro = macroId === undefined ? null : await macroOf(macroId);
      const saved = savedId === undefined ? null : await tools.store.getLibraryItem('saved-replies', savedId);
      if (savedId !== undefined && !saved)
        throw new AnswerboxError('library_item_not_found', { kind: 'saved-replies', id: savedId });
      const shown = macro?.reply ?? (saved?.data['text'] as string | undefined) ?? text;
      const filled = await fill(shown, request.params.id, request);
      const note = await fill(macro?.note ?? '', request.params.id, request);
      return {
        text: filled.text,
        note: note.text,
        missing: [...new Set([...filled.missing, ...note.missing])],
        actions: macro?.actions ?? [],
      };
    },
  );

  server.post(
    '/api/v1/threads/:id/macros/:macro',
    {
      schema: {
        params: Type.Object({
          id: ID_PARAMETERS.properties.id,
          macro: ID_PARAMETERS.properties.id,
        }),
        body: Type.Object({ send: Type.Boolean({ description: "whether the macro's own reply is sent" }) }),
        response: { 200: THREAD },
      },
    },
    async (request) => {
      const { id, macro: macroId } = request.params;
      const macro = await macroOf(macroId);
      const reply = request.body.send && macro.reply ? await fill(macro.reply, id, request) : null;
      const note = macro.note ? await fill(macro.note, id, request) : null;
      const missing = [...(reply?.missing ?? [])];
      if (missing.length > 0)
        throw new AnswerboxError('request_invalid', {
          reason: `nothing is known for ${missing.join(', ')}; write the reply by hand`,
        });
      await runMacro(
        id,
        macro,
        { reply: reply?.text ?? null, note: note?.text ?? null },
        actorOf(request),
        tools,
      );
      return wireThread(await threadOrThrow(id, tools));
    },
  );
}

/** @throws request_invalid */
function checked(kind: LibraryKind, { name, ...data }: { name: string; [field: string]: unknown }) {
  const first = Value.Errors(SHAPES[kind], data).First();
  if (first)
    throw new AnswerboxError('request_invalid', {
      reason: `body${first.path}: ${first.message.toLowerCase()}`,
    });
  if (kind === 'macros') toEdit(data as Macro);
  return { name: name.trim(), data };
}

function wireItem({ id, name, data, updatedAt }: LibraryItem) {
  return { ...data, id, name, updated_at: updatedAt };
}
