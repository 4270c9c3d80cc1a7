import type { ParsedDocument, SourceFile } from '../ingest-types.ts';
import { parseDocument } from './parse-document.ts';

/** A document parsed from a string, as tests write it. */
export function parseString(name: string, content: string, more: Partial<SourceFile> = {}): ParsedDocument {
  return parseDocument({ source: `/docs/${name}`, name, bytes: new TextEncoder().encode(content), ...more });
}

/** Blocks as 'kind: text', with their headings behind where there are some. */
export function outline({ text, blocks }: ParsedDocument): string[] {
  return blocks.map(({ kind, start, end, headings }) => {
    const under = headings.length > 0 ? ` ⟨${headings.join(' > ')}⟩` : '';
    return `${kind}: ${text.slice(start, end)}${under}`;
  });
}
