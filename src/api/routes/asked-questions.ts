import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { ASKED_LIST, ASKED_QUERY, NEW_TEST_QUESTION, REGRESSION_QUESTION } from '../schemas/health-schema.ts';
import { wireAsked } from '../wire-health.ts';

/** Questions that customers asked, and making tests of them. */
export function addAskedQuestionRoutes(server: Server, { health, knowledge }: App): void {
  server.get(
    '/api/v1/knowledge/questions',
    { schema: { querystring: ASKED_QUERY, response: { 200: ASKED_LIST } } },
    async ({ query: { limit = 50, before, outcome } }) => {
      const page = { limit, ...(before !== undefined && { before }), ...(outcome && { outcome }) };
      const asked = await health.listAsked(page);
      return {
        questions: asked.map(wireAsked),
        next_before: asked.length < limit ? null : (asked.at(-1)?.sequence ?? null),
      };
    },
  );

  // One click: without a document, the first one that the answer cites is what must be found.
  server.post(
    '/api/v1/knowledge/regression-questions',
    { schema: { body: NEW_TEST_QUESTION, response: { 201: REGRESSION_QUESTION } } },
    async ({ body: { message_id: messageId, question: given, document_id } }, reply) => {
      const asked = messageId === undefined ? null : await health.findAsked(messageId);
      if (messageId !== undefined && !asked)
        throw new AnswerboxError('not_found', { what: 'answer with this id' });
      const question = given ?? asked?.question;
      const id = document_id ?? asked?.documents[0]?.id;
      if (question === undefined || id === undefined)
        throw new AnswerboxError('request_invalid', {
          reason: 'it needs a question and a document: send "message_id" of an answer with sources, or both',
        });
      const document = await knowledge.getDocument(id);
      if (!document) throw new AnswerboxError('document_not_found', { id });
      await health.addRegressionQuestion(question, document.source);
      return reply.status(201).send({ q: question, doc_id: document.source });
    },
  );

  server.delete(
    '/api/v1/knowledge/regression-questions',
    { schema: { body: Type.Object({ question: Type.String({ minLength: 1, maxLength: 4000 }) }) } },
    async ({ body: { question } }, reply) => {
      if (!(await health.removeRegressionQuestion(question)))
        throw new AnswerboxError('not_found', { what: 'such test question' });
      return reply.status(204).send();
    },
  );
}
