import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { MEDIA_TYPES, type GivenScope } from '../../ingest/ingest-types.ts';
import type { DocumentRecord } from '../../stores/contracts.ts';
import { pageAt } from '../../text/page-at.ts';
import type { Server } from '../build-server.ts';
import { readScopeFields } from '../read-scope-fields.ts';
import {
  DOCUMENT_CHUNK,
  DOCUMENT_FACETS,
  GIVEN_SCOPE,
  ID_PARAMETERS,
  UPLOAD_LIMITS,
} from '../schemas/knowledge-schema.ts';
import { MOST_FILES } from './documents.ts';

/** Beside the documents themselves: what may be sent, what they are, and changing what is said of them. */
export function addDocumentDetailRoutes(server: Server, app: App): void {
  const find = async (id: string): Promise<DocumentRecord> => {
    const document = await app.knowledge.getDocument(id);
    if (!document) throw new AnswerboxError('document_not_found', { id });
    return document;
  };

  server.get('/api/v1/documents/limits', { schema: { response: { 200: UPLOAD_LIMITS } } }, async () => ({
    document_bytes: app.config.max_document_bytes,
    request_bytes: app.config.max_request_bytes,
    files: MOST_FILES,
    media_types: [...MEDIA_TYPES],
  }));

  server.get('/api/v1/documents/facets', { schema: { response: { 200: DOCUMENT_FACETS } } }, async () =>
    app.knowledge.documentFacets(),
  );

  server.get(
    '/api/v1/documents/:id/chunks',
    {
      schema: {
        params: ID_PARAMETERS,
        response: { 200: Type.Object({ chunks: Type.Array(DOCUMENT_CHUNK) }) },
      },
    },
    async ({ params: { id } }) => {
      const { disabled = false } = await find(id);
      const chunks = await app.knowledge.getDocumentChunks(id);
      const off = new Set(await app.disabled.listPassages(id));
      return {
        chunks: chunks.map(({ id: chunkId, ordinal, headingPath, text, start, end, tokens, pages }) => ({
          ...{ id: chunkId, ordinal, text, start, end, tokens },
          heading_path: headingPath,
          page: pageAt(pages, start) ?? null,
          enabled: !disabled && !off.has(chunkId),
        })),
      };
    },
  );

  // A job, as any other change: what is there in its turn under another scope; no passage is embedded again.
  server.patch(
    '/api/v1/documents/:id',
    {
      schema: {
        params: ID_PARAMETERS,
        body: Type.Object(GIVEN_SCOPE, { additionalProperties: false, minProperties: 1 }),
        response: { 202: Type.Object({ job_id: Type.String() }) },
      },
    },
    async ({ params: { id }, body }, reply) => {
      const { source } = await find(id);
      // The check of the body makes '' of null: both take back what was given.
      const given = Object.entries(body).map(([field, value]) => [field, value === '' ? null : value]);
      const scope = readScopeFields(Object.fromEntries(given) as GivenScope, source);
      return reply.status(202).send({ job_id: await app.setGivenScope(id, scope) });
    },
  );
}
