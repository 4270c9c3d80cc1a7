import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { dismissFinding, markReport, readDismissed } from '../../knowledge/findings.ts';
import { approveGap } from '../../knowledge/approve-gap.ts';
import type { Server } from '../build-server.ts';
import { requestSignal } from '../request-signal.ts';
import {
  APPROVAL,
  DISMISSED,
  HEALTH_STATE,
  NEAR_DUPLICATES,
  REGRESSION_QUESTION,
} from '../schemas/health-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireDuplicates, wireGap, wireReport } from '../wire-health.ts';

/** Groups that are shown; who has more begins with these. */
const MOST_GROUPS = 200;

/** What the documents lack, repeat, or say twice in different ways; closing the gaps. */
export function addKnowledgeHealthRoutes(server: Server, app: App): void {
  const { health, healthCheck } = app;
  const state = async ({ dismissed: isShown = false }: { dismissed?: boolean } = {}) => {
    const report = await health.readReport();
    const marked = report && markReport(report, await readDismissed(app));
    const gaps = (await health.listGaps()).map(wireGap);
    return { ...healthCheck.state(), report: marked && wireReport(marked, isShown), gaps };
  };

  server.get(
    '/api/v1/knowledge/health',
    {
      schema: {
        querystring: Type.Object({
          dismissed: Type.Optional(Type.Boolean({ description: 'those that were dismissed, too' })),
        }),
        response: { 200: HEALTH_STATE },
      },
    },
    async ({ query }) => state(query),
  );

  // Until one of the documents behind it changes.
  server.put(
    '/api/v1/knowledge/findings/:id',
    { schema: { params: ID_PARAMETERS, body: DISMISSED } },
    async (request, reply) => {
      const { dismissed } = request.body;
      request.auditDetail = { dismissed };
      await dismissFinding(request.params.id, dismissed, app);
      return reply.status(204).send();
    },
  );

  server.post(
    '/api/v1/knowledge/health',
    { schema: { response: { 202: HEALTH_STATE } } },
    async (_request, reply) => {
      healthCheck.begin();
      return reply.status(202).send(await state());
    },
  );

  server.delete(
    '/api/v1/knowledge/health',
    { schema: { response: { 204: Type.Null({ description: 'The check stops at its next step.' }) } } },
    async (_request, reply) => {
      healthCheck.stop();
      return reply.status(204).send(null);
    },
  );

  server.get(
    '/api/v1/knowledge/duplicates',
    { schema: { response: { 200: NEAR_DUPLICATES } } },
    async (_request, reply) => {
      const groups = await app.duplicates.find(requestSignal(reply));
      return { total: groups.length, groups: groups.slice(0, MOST_GROUPS).map(wireDuplicates) };
    },
  );

  server.post(
    '/api/v1/knowledge/gaps/:id/approve',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Optional(Type.Union([APPROVAL, Type.Null()])),
        response: { 202: Type.Object({ job_id: Type.String() }) },
      },
    },
    async ({ params: { id }, body }, reply) => {
      const jobId = await approveGap(id, body ?? {}, app);
      app.queue.wake();
      return reply.status(202).send({ job_id: jobId });
    },
  );

  server.post(
    '/api/v1/knowledge/gaps/:id/dismiss',
    { schema: { params: ID_PARAMETERS } },
    async ({ params: { id } }, reply) => {
      if ((await health.getGap(id))?.status !== 'open') throw new AnswerboxError('gap_not_found', { id });
      await health.decideGap(id, { status: 'dismissed' });
      return reply.status(204).send();
    },
  );

  // What must be found from now on, as lines of an evaluation file.
  server.get(
    '/api/v1/knowledge/regression-questions',
    { schema: { response: { 200: Type.Object({ questions: Type.Array(REGRESSION_QUESTION) }) } } },
    async () => ({
      questions: (await health.listRegressionQuestions()).map(({ question, source }) => ({
        q: question,
        doc_id: source,
      })),
    }),
  );
}
