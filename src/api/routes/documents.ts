import multipart from '@fastify/multipart';
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { nameOfSource } from '../../ingest/name-of-source.ts';
import type { NewJobItem } from '../../stores/job-contracts.ts';
import type { Server } from '../build-server.ts';
import { searchOf } from '../document-search.ts';
import { downloadHeaders } from '../download-headers.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { readSource } from '../read-source.ts';
import { readNewDocuments } from '../read-new-documents.ts';
import { readScopeFields, readUploadFields } from '../read-scope-fields.ts';
import {
  DOCUMENT_LIST,
  DOCUMENT_LIST_QUERY,
  DOCUMENT_WITH_TEXT,
  ID_PARAMETERS,
  NEW_DOCUMENTS,
} from '../schemas/knowledge-schema.ts';
import { NEW_SITE } from '../schemas/job-schema.ts';
import { wireDocument } from '../wire-shapes.ts';

const SOURCE = Type.Object({
  document_id: Type.String(),
  title: Type.String(),
  url: Type.Union([Type.String(), Type.Null()]),
  text: Type.String(),
  updated_at: Type.String(),
});

const ACCEPTED = Type.Object({ job_id: Type.String(), source_id: Type.Optional(Type.String()) });

/** Most files of one upload; more come in further requests. */
export const MOST_FILES = 1000;

export async function addDocumentRoutes(server: Server, app: App, staff: StaffCheck): Promise<void> {
  const { max_document_bytes: fileSize, max_request_bytes: bodyLimit } = app.config;
  // Paths are kept: two files of one folder may have the same name.
  await server.register(multipart, { preservePath: true, limits: { fileSize, files: MOST_FILES } });

  // Accepted means stored: the bytes are on the disk before the job's id is given.
  server.post(
    '/api/v1/documents',
    { bodyLimit, schema: { response: { 202: ACCEPTED } } },
    async (request, reply) => {
      if (isSite(request.body)) return reply.status(202).send(await acceptSite(app, server, request));
      const items = request.isMultipart() ? await readUpload(request, fileSize) : readJson(server, request);
      if (items.length === 0) throw new AnswerboxError('request_invalid', { reason: 'it holds no file' });
      const jobId = await app.jobs.createJob({ items, title: titleOf(items) });
      app.queue.wake();
      return reply.status(202).send({ job_id: jobId });
    },
  );

  server.get(
    '/api/v1/documents',
    { schema: { querystring: DOCUMENT_LIST_QUERY, response: { 200: DOCUMENT_LIST } } },
    async ({ query: { limit = 100, after, ...wanted } }) => {
      const search = searchOf(wanted);
      const page = await app.knowledge.listDocuments({
        limit,
        search,
        ...(after !== undefined && { after }),
      });
      return { documents: page.map(wireDocument), total: await app.knowledge.countDocuments(search) };
    },
  );

  server.get(
    '/api/v1/documents/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: DOCUMENT_WITH_TEXT } } },
    async ({ params: { id } }) => {
      const { document, text } = await findDocument(app, id);
      return { ...wireDocument(document), text, summary: await app.summaries.textOf(id) };
    },
  );

  // The bytes as they came, under their own type and name. Always a download, and sandboxed besides: an
  // uploaded page must never run in our origin.
  server.get(
    '/api/v1/documents/:id/original',
    { schema: { params: ID_PARAMETERS } },
    async ({ params: { id } }, reply) => {
      const document = await app.knowledge.getDocument(id);
      const original = await app.knowledge.getOriginal(id);
      if (!document || !original) throw new AnswerboxError('document_not_found', { id });
      return reply.headers(downloadHeaders(document)).send(Buffer.from(original));
    },
  );

  server.delete(
    '/api/v1/documents/:id',
    { schema: { params: ID_PARAMETERS } },
    async ({ params: { id } }, reply) => {
      if (!(await app.removeDocument(id))) throw new AnswerboxError('document_not_found', { id });
      return reply.status(204).send();
    },
  );

  server.delete(
    '/api/v1/demo',
    { schema: { response: { 200: Type.Object({ removed: Type.Integer() }) } } },
    async () => ({
      removed: await app.shop.removeDemo(app),
    }),
  );

  // What a citation opens: the text that its quote is a slice of.
  server.get(
    '/api/v1/sources/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: SOURCE } } },
    async (request) => {
      const { id } = request.params;
      const { document, text } = await readSource(id, { app, staff, request });
      return {
        document_id: id,
        title: document.title,
        url: document.url,
        text,
        updated_at: document.updatedAt,
      };
    },
  );
}

/** A body with a "url" names a site to be crawled. */
function isSite(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'url' in body;
}

async function acceptSite(
  app: App,
  server: Server,
  request: FastifyRequest,
): Promise<Static<typeof ACCEPTED>> {
  const body = checkBody(server, request, NEW_SITE);
  const { url: address, depth, pages, include, exclude, every_hours: everyHours } = body;
  const { source, jobId } = await app.visits.visitSite({
    address,
    ...(depth !== undefined && { depth }),
    ...(pages !== undefined && { pages }),
    ...(include && { include }),
    ...(exclude && { exclude }),
    ...(everyHours !== undefined && { everyHours }),
    scope: readScopeFields(body),
  });
  return { job_id: jobId, source_id: source.id };
}

function titleOf(items: readonly NewJobItem[]): string {
  const first = items[0]?.title ?? items[0]?.name ?? '';
  return items.length > 1 ? `${first} and ${items.length - 1} more` : first;
}

async function findDocument(app: App, id: string) {
  const document = await app.knowledge.getDocument(id);
  const text = await app.knowledge.getText(id);
  if (!document || text === null) throw new AnswerboxError('document_not_found', { id });
  return { document, text };
}

async function readUpload(request: FastifyRequest, limit: number): Promise<NewJobItem[]> {
  const items: NewJobItem[] = [];
  for await (const file of request.files()) {
    // Fields hold for the files that come after them.
    const scope = readUploadFields(file.fields);
    const bytes = await file.toBuffer();
    const path = file.filename.replaceAll('\\', '/') || 'upload.txt';
    const name = nameOfSource(path);
    if (bytes.byteLength > limit)
      throw new AnswerboxError('document_too_large', { source: name, found: bytes.byteLength, limit });
    items.push({ source: `upload:${path}`, name, bytes, mediaType: file.mimetype, scope });
  }
  return items;
}

/** Checked by hand: one route takes forms, documents and sites. @throws request_invalid */
function checkBody<Schema extends TSchema>(
  server: Server,
  request: FastifyRequest,
  schema: Schema,
): Static<Schema> {
  const validate = request.compileValidationSchema(schema, 'body');
  if (validate(request.body)) return request.body;
  throw new AnswerboxError('request_invalid', {
    reason: server.validatorCompiler ? reasonOf(validate.errors) : 'bad body',
  });
}

function readJson(server: Server, request: FastifyRequest): NewJobItem[] {
  return readNewDocuments(checkBody(server, request, NEW_DOCUMENTS).documents);
}

function reasonOf(
  errors: readonly { instancePath?: string; message?: string | undefined }[] | null | undefined,
): string {
  const first = errors?.[0];
  return `body${first?.instancePath ?? ''} ${first?.message ?? 'is not as it should be'}`;
}
