import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { logFailure } from '../../observability/log-options.ts';
import type { Server } from '../build-server.ts';
import { jobStream } from '../job-stream.ts';
import { requestSignal } from '../request-signal.ts';
import { JOB, JOB_ITEMS_QUERY, JOB_SUMMARY, RETRY } from '../schemas/job-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { watchJob } from '../watch-job.ts';
import { wireJob, wireJobItem } from '../wire-jobs.ts';

const LIST_QUERY = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  before: Type.Optional(Type.String({ maxLength: 100, description: 'the last id of the page before' })),
});
const EVENTS_QUERY = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'the last sequence that was seen' })),
});

/** Jobs: seen, followed, paused, taken up again, cancelled, retried. */
export function addJobRoutes(server: Server, app: App): void {
  const { jobs, queue } = app;
  // A job may take hours: who follows one must not keep the server from closing.
  const closing = new AbortController();
  server.addHook('preClose', async () => closing.abort());
  const findJob = async (id: string) => {
    const job = await jobs.getJob(id);
    if (!job) throw new AnswerboxError('job_not_found', { id });
    return wireJob(job, queue.progress(job));
  };

  server.get(
    '/api/v1/jobs',
    {
      schema: { querystring: LIST_QUERY, response: { 200: Type.Object({ jobs: Type.Array(JOB_SUMMARY) }) } },
    },
    async ({ query: { limit = 50, before } }) => {
      const page = await jobs.listJobs({ limit, ...(before !== undefined && { before }) });
      return { jobs: page.map((job) => wireJob(job, queue.progress(job))) };
    },
  );

  server.get(
    '/api/v1/jobs/:id',
    { schema: { params: ID_PARAMETERS, querystring: JOB_ITEMS_QUERY, response: { 200: JOB } } },
    async ({ params: { id }, query: { limit = 1000, after, state } }) => {
      const job = await findJob(id);
      const wanted = { limit, ...(after !== undefined && { after }), ...(state && { state }) };
      return { ...job, items: (await jobs.listItems(id, wanted)).map(wireJobItem) };
    },
  );

  // Followed by EventSource or fetch; Last-Event-ID, or ?after=, goes on where the line broke.
  server.get(
    '/api/v1/jobs/:id/events',
    { schema: { params: ID_PARAMETERS, querystring: EVENTS_QUERY } },
    async (request, reply) => {
      const { id } = request.params;
      await findJob(id);
      const last = Number(request.headers['last-event-id']);
      const after = Number.isSafeInteger(last) && last > 0 ? last : (request.query.after ?? 0);
      const signal = AbortSignal.any([requestSignal(reply), closing.signal]);
      const events = watchJob(id, app, { after, signal });
      return reply
        .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        .send(jobStream(events, (error) => logFailure(request, error, 'job events')));
    },
  );

  for (const [verb, change] of [
    ['pause', (id: string) => jobs.pauseJob(id)],
    ['resume', (id: string) => jobs.resumeJob(id)],
  ] as const) {
    server.post(
      `/api/v1/jobs/:id/${verb}`,
      { schema: { params: ID_PARAMETERS, response: { 200: JOB_SUMMARY } } },
      async ({ params: { id } }) => {
        const { state } = await findJob(id);
        if (!(await change(id))) throw new AnswerboxError('job_over', { id, state });
        if (verb === 'pause') queue.interrupt(id);
        else queue.wake();
        return findJob(id);
      },
    );
  }

  const cancel = async (id: string): Promise<void> => {
    if (!(await jobs.cancelJob(id))) throw new AnswerboxError('job_not_found', { id });
    queue.interrupt(id);
  };
  server.post(
    '/api/v1/jobs/:id/cancel',
    { schema: { params: ID_PARAMETERS, response: { 200: JOB_SUMMARY } } },
    async ({ params: { id } }) => {
      await cancel(id);
      return findJob(id);
    },
  );
  server.delete(
    '/api/v1/jobs/:id',
    { schema: { params: ID_PARAMETERS } },
    async ({ params: { id } }, reply) => {
      await cancel(id);
      return reply.status(204).send();
    },
  );

  server.post(
    '/api/v1/jobs/:id/retry',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Optional(Type.Union([RETRY, Type.Null()])),
        response: { 200: Type.Object({ retried: Type.Integer() }) },
      },
    },
    async ({ params: { id }, body }) => {
      const retried = await jobs.retryItems(id, body?.ordinal ?? null);
      if (retried === null) throw new AnswerboxError('job_not_found', { id });
      if (retried === 0) throw new AnswerboxError('job_nothing_to_retry', { id });
      queue.wake();
      return { retried };
    },
  );
}
