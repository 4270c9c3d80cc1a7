import type { MultipartFields } from '@fastify/multipart';
import { AnswerboxError } from '../errors.ts';
import type { GivenScope } from '../ingest/ingest-types.ts';
import { readScope } from '../ingest/read-scope.ts';

const FIELDS = ['category', 'language', 'audience', 'valid_from', 'valid_until', 'owner'] as const;

/**
 * The scope among the fields of a request; checked before the upload is accepted.
 * @throws document_scope_invalid
 */
export function readScopeFields(fields: GivenScope, source = 'The request'): GivenScope {
  const given: GivenScope = {};
  for (const field of FIELDS) if (fields[field] !== undefined) given[field] = fields[field];
  readScope(given, {}, { source });
  return given;
}

/** The same of a form; an empty field takes back what was given before. @throws request_invalid */
export function readUploadFields(fields: MultipartFields): GivenScope {
  const given: GivenScope = {};
  for (const name of FIELDS) {
    const field = fields[name];
    if (field === undefined) continue;
    if (Array.isArray(field) || field.type !== 'field' || typeof field.value !== 'string')
      throw new AnswerboxError('request_invalid', { reason: `the field "${name}" may come once, as text` });
    given[name] = field.value === '' ? null : field.value;
  }
  return readScopeFields(given);
}
