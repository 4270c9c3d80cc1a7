import { createHash } from 'node:crypto';
import type { Static } from '@sinclair/typebox';
import { AnswerboxError } from '../errors.ts';
import type { NewJobItem } from '../stores/job-contracts.ts';
import { readScopeFields } from './read-scope-fields.ts';
import type { NEW_DOCUMENTS } from './schemas/knowledge-schema.ts';

type NewDocument = Static<typeof NEW_DOCUMENTS>['documents'][number];

/**
 * Documents of a JSON body as items of a job. One that says no source is known by its title, else its name, else by
 * its bytes: two texts without either are two documents.
 * @throws request_invalid: neither text nor bytes, or two that would replace one another
 */
export function readNewDocuments(documents: readonly NewDocument[]): NewJobItem[] {
  const items = documents.map(readNewDocument);
  const places = new Map<string, number>();
  for (const [place, { source }] of items.entries()) {
    const before = places.get(source);
    places.set(source, place);
    if (before !== undefined) refuseTwins(documents, before, place, source);
  }
  return items;
}

function readNewDocument(document: NewDocument, index: number): NewJobItem {
  const { text, base64, name = `document-${index + 1}.md`, media_type: mediaType, title, url } = document;
  if ((text === undefined) === (base64 === undefined))
    throw new AnswerboxError('request_invalid', {
      reason: `documents/${index} needs either "text" or "base64"`,
    });
  const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
  const known = document.title ?? document.name ?? createHash('sha256').update(bytes).digest('hex');
  return {
    source: document.source ?? `api:${known}`,
    name,
    bytes,
    ...(mediaType !== undefined && { mediaType }),
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    scope: readScopeFields(document),
  };
}

/** Whoever gives the same source twice means the last one; the same title or name twice is an accident. */
function refuseTwins(documents: readonly NewDocument[], one: number, other: number, source: string): void {
  const twins = [documents[one]!, documents[other]!];
  const isMeant = twins.every((twin) => twin.source !== undefined);
  const isSameText = twins.every(({ title, name }) => title === undefined && name === undefined);
  if (isMeant || isSameText) return;
  throw new AnswerboxError('request_invalid', {
    reason: `documents/${one} and documents/${other} would be one document, "${source.replace(/^api:/, '')}", and the second would replace the first: give each a "source" of its own`,
  });
}
