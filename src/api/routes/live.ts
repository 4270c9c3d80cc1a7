import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { LIVE_VIEW } from '../schemas/owner-schema.ts';

/** Who is in which conversation, and what the assistant is doing, at this moment. */
export function addLiveRoutes(server: Server, app: App): void {
  const { desk } = app;
  server.get('/api/v1/live', { schema: { response: { 200: LIVE_VIEW } } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    const now = Date.now();
    const turns = await Promise.all(
      app.liveTurns().map(async ({ conversationId, question, doing, since }) => ({
        // The conversation's own id is the customer's key to it: staff are told the thread's.
        thread_id:
          conversationId === null ? null : ((await desk.tools.store.threadOf(conversationId))?.id ?? null),
        question,
        doing,
        seconds: Math.max(0, (now - since) / 1000),
      })),
    );
    const threads = await Promise.all(
      desk.presence.all().map(async ({ threadId, present }) => {
        const thread = await desk.tools.store.getThread(threadId);
        return (
          thread && {
            thread_id: threadId,
            subject: thread.subject,
            state: thread.state,
            ticket: thread.ticket,
            customer_here: desk.hub.hasCustomer(threadId),
            present: present.map(({ id, name, state, kind }) => ({ id, name, state, kind })),
          }
        );
      }),
    );
    const { waiting, running } = app.models.load();
    return {
      at: new Date(now).toISOString(),
      turns,
      threads: threads.filter((thread) => thread !== null),
      models: { waiting, running },
    };
  });
}
