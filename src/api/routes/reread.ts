import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { searchOf } from '../document-search.ts';
import { JOB_SUMMARY } from '../schemas/job-schema.ts';
import { DOCUMENT_FILTERS } from '../schemas/knowledge-schema.ts';
import { wireJob } from '../wire-jobs.ts';

const { collection: _named, ...FILTERS } = DOCUMENT_FILTERS;
const WANTED = Type.Object(
  {
    ...FILTERS,
    ids: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 1000 }),
    ),
    source: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'the id of a site or folder, "documents" for what was sent, or "demo"',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Kept originals read once more, by a job like any other: followed, paused, cancelled and retried under /api/v1/jobs. */
export function addRereadRoute(server: Server, app: App): void {
  server.post(
    '/api/v1/documents/reread',
    {
      schema: {
        body: Type.Optional(Type.Union([WANTED, Type.Null()])),
        response: { 202: JOB_SUMMARY },
      },
    },
    async (request, reply) => {
      const { source, ids, ...filters } = request.body ?? {};
      const jobId = await app.rereadDocuments({
        ...searchOf(filters),
        ...(ids && { ids }),
        ...(source !== undefined && { collection: collectionOf(source) }),
      });
      const job = (await app.jobs.getJob(jobId))!;
      request.auditDetail = { job: jobId, documents: job.total };
      return reply.status(202).send(wireJob(job, app.queue.progress(job)));
    },
  );
}

function collectionOf(source: string): string {
  return /^(?:documents|demo|source:.*)$/.test(source) ? source : `source:${source}`;
}
