import type { Static } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { readEmbeddingInput } from '../openai/read-embedding-input.ts';
import { IGNORED_HEADER, ignoredParameters } from '../openai/ignored-parameters.ts';
import { requireModel, servedModels } from '../openai/served-models.ts';
import { requestSignal } from '../request-signal.ts';
import { EMBEDDING_REQUEST, EMBEDDINGS } from '../schemas/openai-schema.ts';

/** More texts than one slice of the embedder are bulk work, which customers' questions go before. */
const FEW_TEXTS = 8;

export function addEmbeddingRoutes(server: Server, app: App): void {
  server.post(
    '/v1/embeddings',
    {
      bodyLimit: app.config.max_request_bytes,
      schema: { body: EMBEDDING_REQUEST, response: { 200: EMBEDDINGS } },
    },
    async ({ body }, reply) => {
      const { id: model } = requireModel(servedModels(app, 0), body.model, 'embeddings');
      const { embedder } = app.models;
      const encode = encoderOf(body.encoding_format ?? 'float');
      checkDimensions(body, embedder.dimensions);
      const { texts, tokens } = readEmbeddingInput(body.input, app.answerTools.tokens, {
        limit: embedder.contextTokens,
        truncate: body.truncate === true,
      });
      const ignored = ignoredParameters(body, 'embedder');
      if (ignored !== '') void reply.header(IGNORED_HEADER, ignored);
      const vectors = await embedder.embed(texts, {
        signal: requestSignal(reply),
        priority: texts.length > FEW_TEXTS ? 'ingest' : 'question',
      });
      return {
        object: 'list' as const,
        model,
        data: vectors.map((vector, index) => ({
          object: 'embedding' as const,
          index,
          embedding: encode(vector),
        })),
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      };
    },
  );
}

/** @throws parameter_unsupported */
function encoderOf(format: string): (vector: Float32Array) => number[] | string {
  if (format === 'float') return (vector) => [...vector];
  // Float32Array has the machine's order of bytes; every machine that Node runs these models on is little-endian.
  if (format === 'base64')
    return ({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  throw new AnswerboxError('parameter_unsupported', {
    param: 'encoding_format',
    reason: 'it is "float" or "base64"',
  });
}

function checkDimensions({ dimensions }: Static<typeof EMBEDDING_REQUEST>, own: number): void {
  if (dimensions === undefined || dimensions === null || dimensions === own) return;
  throw new AnswerboxError('parameter_unsupported', {
    param: 'dimensions',
    reason: `this model’s vectors have ${own} and lose their meaning when cut; leave it out`,
  });
}
