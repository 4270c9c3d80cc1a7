import { Type } from '@sinclair/typebox';
import { sampleOf } from '../../answer/decide/fitted-confidence.ts';
import { previewSettings } from '../../answer/decide/preview-settings.ts';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { readTrace } from '../read-trace.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';

const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const TRACE = Type.Object({
  message_id: Type.String(),
  created_at: Type.String(),
  feedback: orNull(
    Type.Object({
      rating: Type.Number(),
      category: orNull(Type.String()),
      comment: orNull(Type.String()),
      created_at: Type.String(),
    }),
  ),
  trace: Type.Unknown({
    description:
      'question, stages with ms, candidates with all scores, prompts, drafted sentences with their checks, decision, compute seconds, versions',
  }),
});

const SHARE = orNull(Type.Object({ share: Type.Number(), low: Type.Number(), high: Type.Number() }));
const PREVIEW = Type.Object({
  confidence: Type.String({ description: 'name of the fit that the questions were labelled for' }),
  most_wrong_answers: Type.Number({ description: 'the setting in use' }),
  questions: Type.Integer(),
  answerable: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      most_wrong_answers: Type.Number(),
      decline: Type.Number(),
      caveat: orNull(Type.Number()),
      answered: SHARE,
      answered_with_caveat: SHARE,
      handed_over_or_declined: SHARE,
      wrong: SHARE,
      wrong_with_caveat: SHARE,
      answerable_not_answered: SHARE,
      promised: orNull(Type.Number()),
    }),
  ),
  least_right_answers: Type.Record(Type.String(), Type.Integer()),
});

/** How answers come about and what settings would do to them; closed to all but staff. */
export function addDecisionRoutes(server: Server, app: App): void {
  server.get(
    '/api/v1/messages/:id/trace',
    { schema: { params: ID_PARAMETERS, response: { 200: TRACE } } },
    async ({ params: { id } }, reply) => {
      // Not the conversation's id: whoever holds it may write in the customer's name.
      const { messageId, createdAt, feedback, trace } = await readTrace(app, id);
      void reply.header('cache-control', 'no-store');
      return {
        message_id: messageId,
        created_at: createdAt,
        feedback: feedback && {
          rating: feedback.rating,
          category: feedback.category,
          comment: feedback.comment,
          created_at: feedback.createdAt,
        },
        trace,
      };
    },
  );

  server.get('/api/v1/decisions/preview', { schema: { response: { 200: PREVIEW } } }, async () => ({
    confidence: app.fitted.name,
    most_wrong_answers: app.errorRate().rate,
    ...previewSettings(sampleOf(app.fitted), app.fitted, { caveats: app.config.answers_with_caveat }),
  }));
}
