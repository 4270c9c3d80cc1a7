import { randomUUID } from 'node:crypto';
import type { Static } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { RERANKING, rankDocuments } from '../openai/rank-documents.ts';
import { requireModel, servedModels } from '../openai/served-models.ts';
import { requestSignal } from '../request-signal.ts';
import { RERANK, RERANK_REQUEST } from '../schemas/openai-schema.ts';

type RerankRequest = Static<typeof RERANK_REQUEST>;

/** More than one slice of the reader is bulk work, which customers' questions go before. */
const FEW_DOCUMENTS = 20;

/** Cohere's two versions; they differ in the documents that may be sent and returned. */
export function addRerankRoutes(server: Server, app: App): void {
  for (const version of ['1', '2'] as const) {
    server.post(
      `/v${version}/rerank`,
      {
        bodyLimit: app.config.max_request_bytes,
        schema: { body: RERANK_REQUEST, response: { 200: RERANK } },
      },
      async ({ body }, reply) => ({
        id: randomUUID(),
        results: await rerank(app, body, reply),
        meta: { api_version: { version }, billed_units: { search_units: 0 } },
      }),
    );
  }
}

async function rerank(
  app: App,
  body: RerankRequest,
  reply: FastifyReply,
): Promise<Static<typeof RERANK>['results']> {
  const models = servedModels(app, 0);
  if (body.model) requireModel(models, body.model, 'rerank');
  const texts = body.documents.map((document, place) =>
    textOf(document, body.rank_fields ?? ['text'], place),
  );
  const { tokens } = app.answerTools;
  const byTokens = Math.ceil((body.max_tokens_per_doc ?? Infinity) / RERANKING.partTokens);
  const ranked = await rankDocuments(
    body.query,
    texts,
    { reader: app.models.reader, tokens },
    {
      signal: requestSignal(reply),
      priority: texts.length > FEW_DOCUMENTS ? 'ingest' : 'question',
      mostParts: Math.min(body.max_chunks_per_doc ?? RERANKING.parts, byTokens),
    },
  );
  return ranked.slice(0, body.top_n ?? ranked.length).map(({ index, relevance }) => ({
    index,
    relevance_score: relevance,
    ...(body.return_documents === true && { document: documentOf(body.documents[index]) }),
  }));
}

function documentOf(document: unknown): Record<string, unknown> {
  return typeof document === 'string' ? { text: document } : (document as Record<string, unknown>);
}

function textOf(document: unknown, fields: readonly string[], place: number): string {
  const record = documentOf(document ?? {});
  const texts = fields.map((field) => record[field]).filter((text) => typeof text === 'string');
  const whole = texts.join('\n').trim();
  if (whole !== '') return whole;
  throw new AnswerboxError('parameter_unsupported', {
    param: `documents[${place}]`,
    reason: `it is a text that is not empty, or an object with ${fields.map((field) => `"${field}"`).join(' or ')}`,
  });
}
