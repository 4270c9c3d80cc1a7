import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { newToken } from '../../auth/tokens.ts';
import { checkWebhookUrl } from '../../desk/webhook-target.ts';
import { AnswerboxError } from '../../errors.ts';
import { DELIVERY_STATES } from '../../stores/outbox-contracts.ts';
import type { Server } from '../build-server.ts';
import {
  CURSOR,
  DELIVERY,
  LIMIT,
  literals,
  NEW_WEBHOOK,
  orNull,
  WEBHOOK,
  WEBHOOK_CHANGE,
} from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireDelivery, wireWebhook } from '../wire-desk.ts';

export function addWebhookRoutes(server: Server, { desk }: App): void {
  const { outbox, allowedHosts } = desk;
  const missing = (id: string): AnswerboxError => new AnswerboxError('webhook_not_found', { id });

  server.get(
    '/api/v1/webhooks',
    { schema: { response: { 200: Type.Object({ webhooks: Type.Array(WEBHOOK) }) } } },
    async () => ({ webhooks: (await outbox.listWebhooks()).map(wireWebhook) }),
  );

  server.post(
    '/api/v1/webhooks',
    {
      schema: {
        body: NEW_WEBHOOK,
        response: { 201: Type.Intersect([WEBHOOK, Type.Object({ secret: Type.String() })]) },
      },
    },
    async ({ body: { url, events, description = '' } }, reply) => {
      checkWebhookUrl(url, allowedHosts);
      const secret = newToken('whsec_');
      const added = await outbox.addWebhook({ url, events, description, secret });
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ ...wireWebhook(added), secret });
    },
  );

  server.patch(
    '/api/v1/webhooks/:id',
    { schema: { params: ID_PARAMETERS, body: WEBHOOK_CHANGE, response: { 200: WEBHOOK } } },
    async ({ params: { id }, body }) => {
      const { url, events, description, disabled } = body;
      if (url !== undefined) checkWebhookUrl(url, allowedHosts);
      const changed = await outbox.changeWebhook(id, {
        ...(url !== undefined && { url }),
        ...(events !== undefined && { events }),
        ...(description !== undefined && { description }),
        ...(disabled !== undefined && { disabled }),
      });
      if (!changed) throw missing(id);
      return wireWebhook(changed);
    },
  );

  server.delete(
    '/api/v1/webhooks/:id',
    { schema: { params: ID_PARAMETERS } },
    async ({ params: { id } }, reply) => {
      if (!(await outbox.removeWebhook(id))) throw missing(id);
      return reply.status(204).send();
    },
  );

  server.post(
    '/api/v1/webhooks/:id/test',
    { schema: { params: ID_PARAMETERS, response: { 202: Type.Object({ delivery: Type.String() }) } } },
    async ({ params: { id } }, reply) => {
      if (!(await outbox.getWebhook(id))) throw missing(id);
      const delivery = `${randomUUID()}.${id}`;
      const at = new Date().toISOString();
      const payload = JSON.stringify({
        id: delivery,
        type: 'test',
        at,
        thread_id: null,
        ticket: null,
        data: {},
      });
      await outbox.fill((await outbox.filledUpTo()) ?? (await desk.tools.store.lastPosition()), [
        { id: delivery, kind: 'webhook', target: id, type: 'test', payload },
      ]);
      return reply.status(202).send({ delivery });
    },
  );

  server.get(
    '/api/v1/webhooks/deliveries',
    {
      schema: {
        querystring: Type.Object({
          state: Type.Optional(literals(DELIVERY_STATES)),
          limit: LIMIT,
          cursor: CURSOR,
        }),
        response: {
          200: Type.Object({ deliveries: Type.Array(DELIVERY), next_cursor: orNull(Type.String()) }),
        },
      },
    },
    async ({ query: { state, limit = 50, cursor } }) => {
      const page = { limit, ...(cursor && { cursor }) };
      const { items, nextCursor } = await outbox.list(state ? { state } : {}, page);
      return { deliveries: items.map(wireDelivery), next_cursor: nextCursor };
    },
  );

  server.post(
    '/api/v1/webhooks/deliveries/:id/replay',
    { schema: { params: ID_PARAMETERS } },
    async ({ params: { id } }, reply) => {
      if (!(await outbox.replay(id, new Date().toISOString()))) throw missing(id);
      return reply.status(204).send();
    },
  );
}
