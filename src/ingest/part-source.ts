import type { DocumentRecord, KnowledgeStore } from '../stores/contracts.ts';

const PAGE = 500;

/** The identity of a document inside a file: 'a.zip!/faq/returns.md'. */
export function partSource(source: string, name: string): string {
  return `${source}!/${name}`;
}

/** The file that a document came out of: itself, unless it was inside one. */
export function wholeSourceOf(source: string): string {
  return source.split('!/')[0] ?? source;
}

/** All stored documents that came out of this file, in order of source. */
export async function listParts(
  knowledge: Pick<KnowledgeStore, 'listDocuments'>,
  source: string,
): Promise<DocumentRecord[]> {
  const prefix = partSource(source, '');
  const parts: DocumentRecord[] = [];
  for (let after = prefix; ;) {
    const page = await knowledge.listDocuments({ limit: PAGE, after });
    const own = page.filter((one) => one.source.startsWith(prefix));
    parts.push(...own);
    if (own.length < PAGE) return parts;
    after = own.at(-1)!.source;
  }
}
