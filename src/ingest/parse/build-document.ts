import { AnswerboxError } from '../../errors.ts';
import type { MediaType, ParsedDocument, SourceFile } from '../ingest-types.ts';
import { cutTitle } from './block-builder.ts';
import type { Parsed } from './parsed.ts';
import { titleFromName } from './title-from-name.ts';

/**
 * The document out of what its parser found. The title is the one given with the file, else the document's
 * own, else its name.
 * @throws document_empty
 */
export function buildDocument(file: SourceFile, mediaType: MediaType, parsed: Parsed): ParsedDocument {
  const { scope, listing } = parsed;
  const title = firstTitle(file.title, parsed.title) ?? titleFromName(file.name);
  const built = parsed.builder.build(title);
  const about = { title, mediaType, ...(scope && { scope }) };
  if (listing !== undefined && built.text === '') return { ...about, ...built, text: listing };
  if (!/[\p{L}\p{N}\p{S}]/u.test(built.text))
    throw new AnswerboxError('document_empty', { source: file.source });
  return { ...about, ...built };
}

function firstTitle(...titles: (string | null | undefined)[]): string | undefined {
  return titles.map((title) => cutTitle(title ?? '')).find((title) => title !== '');
}
