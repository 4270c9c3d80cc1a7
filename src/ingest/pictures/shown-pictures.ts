import { hasCode } from '../../errors.ts';
import type { ChunkRecord, DocumentRecord, KnowledgeStore } from '../../stores/contracts.ts';
import { pageAt } from '../../text/page-at.ts';
import type { DrawnPicture, ShownPicture } from '../ingest-types.ts';
import { nameOfSource } from '../name-of-source.ts';
import type { DocumentParser } from '../parser/parser-contracts.ts';
import { untilCancelled } from '../until-cancelled.ts';
import { PICTURE_TYPES } from './picture-settings.ts';

const SHOWN = {
  /** Bytes of drawn pictures that are kept in memory; those unasked for longest go first. */
  keptBytes: 48_000_000,
  /** Documents without pictures that are remembered as such besides. */
  keptDocuments: 2_000,
  /** Characters between a picture and the passage beside which it is shown, where there are no pages. */
  distance: 1_500,
  /** Pictures beside one passage. */
  near: 3,
} as const;

/** Formats that may hold pictures which can be shown. */
const ILLUSTRATED: ReadonlySet<string> = new Set([
  ...PICTURE_TYPES,
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.presentation',
  'text/html',
  'text/markdown',
]);

export interface SourcePicture extends DrawnPicture {
  /** From 1, in the order of the document. */
  number: number;
  alt: string;
  page: number | null;
  /** Where it stands in the stored text; null where that is not known. */
  at: number | null;
  /** Identity of its content: another one when it shows something else. */
  version: string;
}

interface Kept extends SourcePicture {
  /** Id and state of the document whose file it is, where that is another one. */
  from: { id: string; updatedAt: string } | null;
  /** The part of the stored text between its headings. */
  section: { start: number; end: number };
}

/** What documents show. Drawn when first asked for, by the process that reads files, and kept in memory. */
export interface ShownPictures {
  /** All of a document, in order; none of a format without pictures or of a file that cannot be read. @throws cancelled */
  list(document: DocumentRecord, signal?: AbortSignal): Promise<readonly SourcePicture[]>;
  /** Those on the passage's pages, or between the same headings, nearest first. @throws cancelled */
  near(
    document: DocumentRecord,
    passage: { start: number; end: number },
    signal?: AbortSignal,
  ): Promise<readonly SourcePicture[]>;
}

export interface ShownPictureTools {
  knowledge: Pick<
    KnowledgeStore,
    'getOriginal' | 'getText' | 'getDocument' | 'getDocumentChunks' | 'findBySource'
  >;
  parser: DocumentParser;
}

export function createShownPictures(tools: ShownPictureTools): ShownPictures {
  const { knowledge } = tools;
  const kept = new Map<string, Promise<readonly Kept[]>>();
  const sizes = new Map<string, number>();
  // One document at a time: reading what comes in must not wait for what is looked at.
  let last: Promise<unknown> = Promise.resolve();

  const forget = (key: string): void => {
    kept.delete(key);
    sizes.delete(key);
  };
  const keep = (key: string, bytes: number): void => {
    sizes.set(key, bytes);
    let sum = [...sizes.values()].reduce((total, one) => total + one, 0);
    for (const [oldest, size] of sizes) {
      if ((sum <= SHOWN.keptBytes && sizes.size <= SHOWN.keptDocuments) || oldest === key) return;
      sum -= size;
      forget(oldest);
    }
  };
  const load = (document: DocumentRecord): Promise<readonly Kept[]> => {
    const key = `${document.id} ${document.updatedAt} ${document.sha256}`;
    const known = kept.get(key);
    if (known) {
      const bytes = sizes.get(key);
      if (bytes !== undefined) {
        sizes.delete(key);
        sizes.set(key, bytes);
      }
      return known;
    }
    const work = last.then(() => drawAll(document, tools));
    last = work.catch(() => undefined);
    kept.set(key, work);
    work.then(
      (pictures) =>
        keep(
          key,
          pictures.reduce((sum, { full, thumbnail }) => sum + full.length + thumbnail.length, 0),
        ),
      () => forget(key),
    );
    return work;
  };
  const list = async (document: DocumentRecord, signal?: AbortSignal): Promise<readonly Kept[]> => {
    if (!ILLUSTRATED.has(document.mediaType)) return [];
    const pictures = await untilCancelled(load(document), signal);
    const shown = await Promise.all(pictures.map((one) => isStillShown(one, document, knowledge)));
    return pictures.filter((_, at) => shown[at]);
  };
  return {
    list,
    near: async (document, passage, signal) => {
      const pictures = await list(document, signal);
      // A file that is a picture is near all of its text.
      if (pictures.length === 0 || isPicture(document)) return pictures;
      const chunks = await knowledge.getDocumentChunks(document.id);
      return pictures
        .map((picture) => ({ picture, distance: distanceOf(picture, passage, chunks) }))
        .filter(({ distance }) => distance <= SHOWN.distance)
        .sort((one, other) => one.distance - other.distance)
        .slice(0, SHOWN.near)
        .map(({ picture }) => picture);
    },
  };
}

async function drawAll(document: DocumentRecord, { knowledge, parser }: ShownPictureTools): Promise<Kept[]> {
  const text = await knowledge.getText(document.id);
  const shown = text === null ? [] : await readShown(document, { knowledge, parser });
  const pictures: Kept[] = [];
  let after = 0;
  for (const one of shown) {
    const named =
      'path' in one.drawn ? await findNamed(document, one.drawn.path, { knowledge, parser }) : null;
    const drawn = 'path' in one.drawn ? named?.drawn : one.drawn;
    if (!drawn) continue;
    const at = placeOf(one, text ?? '', after);
    after = at ?? after;
    const number = pictures.length + 1;
    const from = named ? { id: named.document.id, updatedAt: named.document.updatedAt } : null;
    const version = `${document.sha256.slice(0, 16)}-${number}-${(named?.document ?? document).sha256.slice(0, 16)}`;
    const section = sectionOf(one, text ?? '', at ?? 0);
    pictures.push({ ...drawn, number, alt: one.alt, page: one.page, at, section, from, version });
  }
  return pictures;
}

/** A file that cannot be read shows nothing; what it lacks was said when it was taken in. */
async function readShown(
  { id, source, mediaType }: DocumentRecord,
  { knowledge, parser }: ShownPictureTools,
): Promise<readonly ShownPicture[]> {
  const bytes = await knowledge.getOriginal(id);
  if (bytes === null) return [];
  try {
    const file = { source, name: nameOfSource(source), bytes, mediaType, showsPictures: true } as const;
    return (await parser.parse(file)).shown ?? [];
  } catch (error) {
    if (hasCode(error, 'cancelled')) throw error;
    return [];
  }
}

/** A picture beside the document, such as `images/lid.png`, where it was taken in as well: nothing is fetched. */
async function findNamed(
  document: DocumentRecord,
  path: string,
  tools: ShownPictureTools,
): Promise<{ document: DocumentRecord; drawn: DrawnPicture } | null> {
  const source = sourceBeside(document.source, path);
  const found = source === null ? null : await tools.knowledge.findBySource(source);
  if (!found || !isPicture(found) || !mayBeShownIn(found, document)) return null;
  const [picture] = await readShown(found, tools);
  return picture && !('path' in picture.drawn) ? { document: found, drawn: picture.drawn } : null;
}

/** The source that a path in a document leads to. */
function sourceBeside(source: string, path: string): string | null {
  const isAddress = /^https?:\/\//i.test(source);
  try {
    if (isAddress) return new URL(path, source).href;
    const clean = decodeURI(path.split(/[?#]/)[0] ?? '');
    const parts = clean.startsWith('/') ? [] : source.split('/').slice(0, -1);
    for (const part of clean.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    }
    return parts.join('/');
  } catch {
    return null;
  }
}

function isPicture({ mediaType }: DocumentRecord): boolean {
  return (PICTURE_TYPES as readonly string[]).includes(mediaType);
}

function mayBeShownIn(picture: DocumentRecord, document: DocumentRecord): boolean {
  const { audience, validFrom, validUntil, disabled } = picture;
  const isSame = validFrom === document.validFrom && validUntil === document.validUntil;
  return audience === document.audience && isSame && disabled !== true;
}

async function isStillShown(
  { from }: Kept,
  document: DocumentRecord,
  knowledge: ShownPictureTools['knowledge'],
): Promise<boolean> {
  if (from === null) return true;
  const now = await knowledge.getDocument(from.id);
  return now !== null && now.updatedAt === from.updatedAt && mayBeShownIn(now, document);
}

/** Behind the text that stood before it; a later picture stands behind an earlier one. */
function placeOf({ before }: ShownPicture, text: string, after: number): number | null {
  if (before === '') return after;
  const found = text.indexOf(before, Math.max(0, after - before.length));
  return found === -1 ? null : found + before.length;
}

function sectionOf({ heading, nextHeading }: ShownPicture, text: string, at: number) {
  const start = heading === '' ? 0 : Math.max(0, text.lastIndexOf(heading, at));
  const next = nextHeading === '' ? -1 : text.indexOf(`\n${nextHeading}`, at);
  return { start, end: next === -1 ? text.length : next };
}

/** Characters, 0 on the passage's own pages; beyond all bounds under another heading. */
function distanceOf(
  { page, at, section }: Kept,
  { start, end }: { start: number; end: number },
  chunks: readonly ChunkRecord[],
): number {
  const pages = chunks.flatMap((chunk) => chunk.pages ?? []).sort((one, other) => one.start - other.start);
  if (page !== null && pages.length > 0) {
    const [first = 0, last = 0] = [pageAt(pages, start), pageAt(pages, Math.max(start, end - 1))];
    return page >= first && page <= last ? 0 : Infinity;
  }
  if (at === null || end <= section.start || start >= section.end) return Infinity;
  return at < start ? start - at : Math.max(0, at - end);
}
