import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from '@sinclair/typebox';
import type { ImportOptions } from '../catalogue/import-catalogue.ts';
import { readMapping } from '../catalogue/read-mapping.ts';
import { AnswerboxError } from '../errors.ts';
import type { Server } from './build-server.ts';
import { requestSignal } from './request-signal.ts';
import type { IMPORT_QUERY } from './schemas/catalogue-schema.ts';

const TABLE_TYPES = [
  'text/csv',
  'application/json',
  'application/x-ndjson',
  'text/plain',
  'application/octet-stream',
];

/** Hands tables to their routes as bytes: how they are encoded is found out later. For a scope of its own. */
export function takeTables(scope: Server, bodyLimit: number): void {
  scope.addContentTypeParser(TABLE_TYPES, { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  );
}

/** The table of a request, its only file or its whole body. @throws request_invalid, request_too_large */
export async function readTableUpload(
  request: FastifyRequest,
  fileSize: number,
): Promise<{ bytes: Uint8Array; source: string }> {
  if (request.isMultipart()) {
    const file = await request.file({ limits: { fileSize, files: 1 } });
    if (!file) throw new AnswerboxError('request_invalid', { reason: 'it holds no file' });
    return { bytes: await file.toBuffer(), source: file.filename || 'The upload' };
  }
  if (!Buffer.isBuffer(request.body))
    throw new AnswerboxError('request_invalid', { reason: 'it has no body; send a CSV or JSON file' });
  return { bytes: request.body, source: 'The upload' };
}

export function importOptionsOf(
  { replace = true, map, currency }: Static<typeof IMPORT_QUERY>,
  source: string,
  reply: FastifyReply,
): ImportOptions {
  const pairs = typeof map === 'string' ? [map] : (map ?? []);
  return {
    source,
    replace,
    mapping: readMapping(pairs),
    signal: requestSignal(reply),
    ...(currency !== undefined && { currency }),
  };
}
