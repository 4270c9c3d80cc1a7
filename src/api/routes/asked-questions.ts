import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import {
  ASKED_LIST,
  ASKED_QUERY,
  NEW_TEST_QUESTION,
  REGRESSION_QUESTION,
  TEST_RUN,
} from '../schemas/health-schema.ts';
import { runTestQuestions, TEST_PLACES } from '../../knowledge/run-test-questions.ts';
import { requestSignal } from '../request-signal.ts';
import { searchFilter, wireSearch } from '../wire-shapes.ts';
import { wireAsked } from '../wire-health.ts';

/** Passages looked at for a test question: more than enough for its first documents. */
const SEARCHED = 50;

/** Questions that customers asked, and making tests of them. */
export function addAskedQuestionRoutes(server: Server, app: App): void {
  const { health, knowledge } = app;
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

  // A look: nothing is changed by it.
  server.post(
    '/api/v1/knowledge/regression-questions/run',
    { schema: { response: { 200: TEST_RUN } } },
    async (_request, reply) => {
      const search = async (question: string, signal: AbortSignal): Promise<string[]> => {
        const found = await app.search(question, { signal, filter: searchFilter({}, new Date()) });
        return wireSearch(found, SEARCHED).results.map(({ document_id: id }) => id);
      };
      const results = await runTestQuestions({ health, knowledge, search }, requestSignal(reply));
      return {
        found: results.filter(({ found }) => found).length,
        places: TEST_PLACES,
        questions: results.map(({ question, source, documentId, title, place, found }) => ({
          ...{ q: question, doc_id: source, document_id: documentId },
          ...{ title, place, found },
        })),
      };
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
