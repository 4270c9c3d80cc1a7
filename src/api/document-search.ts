import type { Static } from '@sinclair/typebox';
import { AnswerboxError } from '../errors.ts';
import { FORMAT_NAMES, formatNamed } from '../ingest/format-names.ts';
import type { DocumentSearch } from '../stores/contracts.ts';
import type { DOCUMENT_FILTERS_OBJECT } from './schemas/knowledge-schema.ts';

/** What a request's filters look for, now. @throws request_invalid for a format that there is none of */
export function searchOf({ format, ...wanted }: Static<typeof DOCUMENT_FILTERS_OBJECT>): DocumentSearch {
  const mediaType = format === undefined ? undefined : formatNamed(format);
  if (mediaType === null)
    throw new AnswerboxError('request_invalid', {
      reason: `there is no format "${format}"; take one of ${FORMAT_NAMES.join(', ')}`,
    });
  return { ...wanted, ...(mediaType && { mediaType }), at: new Date().toISOString() };
}
