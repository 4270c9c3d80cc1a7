import { AnswerboxError } from '../errors.ts';
import type { DocumentRecord, DocumentSearch, KnowledgeStore } from '../stores/contracts.ts';
import type { JobStore, NewJobItem, QueuedItem } from '../stores/job-contracts.ts';
import type { SourceFile } from './ingest-types.ts';
import type { IngestTools } from './ingest.ts';
import type { ReadItem } from './jobs/read-item.ts';
import { nameOfPage } from './crawl/page-address.ts';
import { nameOfSource } from './name-of-source.ts';
import { decodeBytes } from './parse/decode-bytes.ts';
import { wholeSourceOf } from './part-source.ts';

/** Documents taken from the store at once. */
const PAGE = 500;

/**
 * Reads the originals that are kept of these documents once more, by a job: for parsers that have become better.
 * What a person wrote in a document's place is its original then, and stays; a site or folder is not asked. A
 * document that was inside a file is read with its whole file.
 * @returns the job's id
 * @throws request_invalid when no document fits, or one of `ids` is none
 */
export async function rereadDocuments(
  search: DocumentSearch,
  { knowledge, jobs, title }: { knowledge: KnowledgeStore; jobs: JobStore; title?: string },
): Promise<string> {
  await refuseUnknown(search.ids ?? [], knowledge);
  const items = new Map<string, NewJobItem>();
  for (let after = ''; ;) {
    const page = await knowledge.listDocuments({ limit: PAGE, after, search });
    for (const document of page) {
      const whole = await wholeOf(document, knowledge);
      items.set(whole.source, rereadItem(whole));
    }
    if (page.length < PAGE) break;
    after = page.at(-1)!.source;
  }
  if (items.size === 0)
    throw new AnswerboxError('request_invalid', {
      reason: 'no document fits; see which there are by GET /api/v1/documents',
    });
  const [first] = items.values();
  const more = items.size > 1 ? ` and ${items.size - 1} more` : '';
  return jobs.createJob({
    kind: 'reread',
    title: title ?? `${first!.name}${more}`,
    items: [...items.values()],
  });
}

async function refuseUnknown(ids: readonly string[], knowledge: KnowledgeStore): Promise<void> {
  for (const id of ids)
    if (!(await knowledge.getDocument(id))) throw new AnswerboxError('document_not_found', { id });
}

async function wholeOf(document: DocumentRecord, knowledge: KnowledgeStore): Promise<DocumentRecord> {
  const source = wholeSourceOf(document.source);
  // An address may hold the sign of a part without being one.
  return source === document.source ? document : ((await knowledge.findBySource(source)) ?? document);
}

export function rereadItem({ source, bytes }: DocumentRecord): NewJobItem {
  const isPage = /^https?:/.test(source) && URL.canParse(source);
  // The name may be the title: it must be the one that the page was read under.
  const name = isPage ? nameOfPage(source) : nameOfSource(source);
  return { source, name, action: 'reread', size: bytes };
}

/** The original as it is when its turn comes: what changed or went since the job was made is not undone. */
export async function readOriginal(item: QueuedItem, { knowledge }: IngestTools): Promise<ReadItem> {
  const document = await knowledge.findBySource(item.source);
  const bytes = document && (await knowledge.getOriginal(document.id));
  if (!document || !bytes) {
    const { code, message } = new AnswerboxError('document_gone', { source: item.source });
    return { result: { state: 'skipped', documentId: null, code, message } };
  }
  const { source, name, scope } = item;
  const { mediaType, url, collection } = document;
  const title = await givenTitle(document, bytes, knowledge);
  const file: SourceFile = { source, name, bytes, mediaType, collection, scope, isReread: true };
  return { file: { ...file, ...(title !== null && { title }), ...(url !== null && { url }) } };
}

/** The title if it came with the document; null if it was read from it, and may be read better now. */
async function givenTitle(
  { id, source, title, collection, ownText }: DocumentRecord,
  bytes: Uint8Array,
  knowledge: KnowledgeStore,
): Promise<string | null> {
  // Files that were uploaded or found come without one, unless their text was written anew.
  const isFile = /^upload:|^\//.test(source) || collection.startsWith('source:');
  if (isFile && ownText === undefined) return null;
  if ((await knowledge.getText(id))?.includes(title)) return null;
  return textOf(bytes, source).includes(title) ? null : title;
}

function textOf(bytes: Uint8Array, source: string): string {
  try {
    return decodeBytes(bytes, source);
  } catch {
    return '';
  }
}
