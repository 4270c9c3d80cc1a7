import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { threadOrThrow } from '../../desk/work-thread.ts';
import type { Server } from '../build-server.ts';
import { requestSignal } from '../request-signal.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { literals, orNothing, orNull, SUGGESTION } from '../schemas/desk-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';

const RATING = Type.Object({
  rating: orNull(literals(['up', 'down'])),
});

/** The reply that the assistant suggests in a thread. */
export function addSuggestedReplyRoutes(server: Server, app: App): void {
  server.post(
    '/api/v1/threads/:id/suggestion',
    {
      schema: {
        params: ID_PARAMETERS,
        body: orNothing(Type.Object({})),
        response: { 200: Type.Object({ suggestion: orNull(SUGGESTION) }) },
      },
    },
    async (request, reply) => {
      const signal = requestSignal(reply);
      const { conversationId } = await threadOrThrow(request.params.id, app.desk.tools);
      const found = await app.suggestReply(conversationId, signal);
      if (found === null) return { suggestion: null };
      const { messageId, citations, ...rest } = found;
      return { suggestion: { message_id: messageId, citations: [...citations], ...rest } };
    },
  );
  addRatingRoutes(server, app);
}

/** What a member of staff thinks of the reply that the assistant suggests in a thread: their own, and counted. */
function addRatingRoutes(server: Server, { desk }: App): void {
  const { tools } = desk;
  const path = '/api/v1/threads/:id/suggestion/rating';

  server.get(path, { schema: { params: ID_PARAMETERS, response: { 200: RATING } } }, async (request) => {
    const { id } = await threadOrThrow(request.params.id, tools);
    const rating = await tools.store.getDraftRating(id, principalOf(request).id);
    return { rating: rating === null ? null : rating > 0 ? ('up' as const) : ('down' as const) };
  });

  server.put(path, { schema: { params: ID_PARAMETERS, body: RATING } }, async (request, reply) => {
    const { id } = await threadOrThrow(request.params.id, tools);
    const { rating } = request.body;
    const value = rating === null ? null : rating === 'up' ? 1 : -1;
    await tools.store.rateDraft(id, principalOf(request).id, value);
    return reply.status(204).send();
  });
}
