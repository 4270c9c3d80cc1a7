import { AnswerboxError, hasCode } from '../../errors.ts';
import type { JobItemResult, NewJobItem, QueuedItem } from '../../stores/job-contracts.ts';
import type { PageRecord, SourceRecord, SourceStore } from '../../stores/sync-contracts.ts';
import type { GivenScope } from '../ingest-types.ts';
import type { IngestTools } from '../ingest.ts';
import {
  failedResult,
  fileOf,
  removeSource,
  type FoundItems,
  type PageReader,
  type ReadItem,
} from '../jobs/read-item.ts';
import { decodeBytes } from '../parse/decode-bytes.ts';
import { applyCharset } from './apply-charset.ts';
import { CRAWL } from './crawl-settings.ts';
import type { FetchedPage, PageFetcher } from './fetch-page.ts';
import { isSameSite, isWanted, looksEndless, nameOfPage, normaliseAddress } from './page-address.ts';
import { readLinks, type PageLinks } from './read-links.ts';
import { readSitemap } from './read-sitemap.ts';
import type { SitePace } from './site-pace.ts';
import type { SiteRulesReader } from './site-rules.ts';

export interface PageReaderOptions {
  sources: SourceStore;
  tools: IngestTools;
  fetcher: PageFetcher;
  rules: SiteRulesReader;
  pace: SitePace;
}

/** Types whose pages are read; of any other one only the headers are. */
const WANTED =
  /^(?:text\/(?:html|plain|markdown|csv|xml|rtf)|application\/(?:xhtml\+xml|xml|pdf|json|rtf|x-gzip|gzip|zip|x-zip-compressed|epub\+zip|msword|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\S*)|)$/;
const HTML = /^(?:text\/html|application\/xhtml\+xml)$/;
const GONE = new Set([404, 410]);
/** Any other redirect may be gone tomorrow: a page in maintenance, a sign-in. */
const MOVED_FOR_GOOD = new Set([301, 308]);

/** A visit of one page, as an item of a site's job. */
interface Visit {
  item: QueuedItem;
  url: string;
  source: SourceRecord;
  /** Of the last visit. */
  known: PageRecord | null;
  signal: AbortSignal;
}

/** Fetches pages of sites: rules → pace → fetch → links → the page as a file, or why it is none. */
export function createPageReader(options: PageReaderOptions): PageReader {
  const { sources, rules, pace } = options;

  async function readPage(item: QueuedItem, signal: AbortSignal): Promise<ReadItem> {
    const url = item.url ?? item.source;
    const source = item.sourceId === null ? null : await sources.getSource(item.sourceId);
    if (!source) return skipped(url, 'its site is not crawled any more');
    const visit: Visit = { item, url, source, known: await sources.getPage(source.id, url), signal };
    // Seen to be gone in this visit, and not one of too many.
    if (item.action === 'remove') return { result: await removePage(visit, options) };
    try {
      const site = await rules.rulesOf(url, signal);
      const isStart = item.depth === 0 && url === source.address;
      const why = site.isAllowed(url)
        ? isStart || isWanted(url, source.settings)
          ? null
          : 'the include and exclude patterns leave it out'
        : 'the site’s robots.txt forbids it';
      if (why !== null) return await leaveOut(visit, why, options);
      await pace.turn(url, Math.max(CRAWL.gapMs, site.delayMs), signal);
      const page = await fetchKnown(visit, options);
      const maps = isStart ? sitemapItems(site.sitemaps, visit) : [];
      return withItems(await readFetched(visit, page, options), maps, source.settings.pages);
    } catch (error) {
      if (!(error instanceof AnswerboxError) || hasCode(error, 'cancelled')) throw error;
      return { result: failedResult(error) };
    }
  }

  return {
    readPage,
    async pace(item, signal) {
      try {
        const { delayMs } = await rules.rulesOf(item.url ?? item.source, signal);
        if (delayMs <= CRAWL.gapMs) return { concurrent: CRAWL.concurrent, batch: CRAWL.batchPages };
        const batch = Math.max(1, Math.floor((CRAWL.batchSeconds * 1000) / delayMs));
        return { concurrent: 1, batch: Math.min(batch, CRAWL.batchPages) };
      } catch (error) {
        if (hasCode(error, 'cancelled')) throw error;
        // Said again, and to the owner, when the page is read.
        return { concurrent: 1, batch: 1 };
      }
    },
  };
}

/** Asks whether the page changed, when it was read before and its document is still there. */
async function fetchKnown(
  { url, known, signal }: Visit,
  { fetcher, tools }: PageReaderOptions,
): Promise<FetchedPage> {
  const source = known?.documentSource;
  const isThere = source != null && (await tools.knowledge.findBySource(source)) !== null;
  return fetcher.fetchPage({
    url,
    maxBytes: tools.maxDocumentBytes,
    ...(isThere && { etag: known!.etag, lastModified: known!.lastModified }),
    wants: (mediaType) => WANTED.test(mediaType),
    signal,
  });
}

async function readFetched(visit: Visit, page: FetchedPage, options: PageReaderOptions): Promise<ReadItem> {
  const { url, source, known } = visit;
  if (page.status === 304 && known) return unchanged(visit, known, options);
  if (GONE.has(page.status)) return gone(visit, page.status, options);
  if (page.status >= 300 && page.status < 400 && known && !MOVED_FOR_GOOD.has(page.status))
    return keep(visit, known, page, options);
  if (page.status >= 300 && page.status < 400) return redirected(visit, page, options);
  if (page.status !== 200)
    return { result: failedResult(new AnswerboxError('page_refused', { source: url, status: page.status })) };
  if (!page.bytes) return leaveOut(visit, `its type is ${page.mediaType}, which holds no text`, options);
  const bytes = applyCharset(page, page.bytes);
  const listed = HTML.test(page.mediaType) ? null : readSitemap(bytes, url);
  if (listed !== null)
    return {
      ...skipped(url, `it is a sitemap, of ${listed.length} addresses`),
      found: followed(visit, listed, 0),
    };
  const about: PageLinks = HTML.test(page.mediaType)
    ? readLinks(decodeBytes(bytes, url), url, page.robots)
    : { links: [], canonical: null, noindex: /\b(?:noindex|none)\b/i.test(page.robots) };
  const found = followed(visit, about.links, 1);
  if (about.noindex) return { ...(await leaveOut(visit, 'it asks not to be indexed', options)), found };
  if (about.canonical !== null && about.canonical !== url && isSameSite(about.canonical, url)) {
    const left = await leaveOut(visit, `its own address is ${about.canonical}`, options);
    return withItems({ ...left, found }, followed(visit, [about.canonical], 0).items, source.settings.pages);
  }
  return {
    file: { ...fileOf(visit.item, bytes), url, ...(page.mediaType && { mediaType: page.mediaType }) },
    found,
    onStored: () =>
      options.sources.putPage(source.id, {
        url,
        documentSource: visit.item.source,
        etag: page.etag,
        lastModified: page.lastModified,
        links: about.links,
      }),
  };
}

async function unchanged(visit: Visit, known: PageRecord, options: PageReaderOptions): Promise<ReadItem> {
  const document = await options.tools.knowledge.findBySource(known.documentSource ?? '');
  const result: JobItemResult = {
    state: 'unchanged',
    documentId: document?.id ?? null,
    code: null,
    message: null,
  };
  await options.sources.putPage(visit.source.id, known);
  return { result, found: followed(visit, known.links, 1) };
}

/** A page that was there and is not any more takes its document along. */
async function gone(visit: Visit, status: number, options: PageReaderOptions): Promise<ReadItem> {
  const { code, message } = new AnswerboxError('page_missing', { source: visit.url, status });
  if (!visit.known) return { result: { state: 'failed', documentId: null, code, message } };
  return putOff(visit, { code: null, message: null }, options);
}

/** A page that leads elsewhere for now: what was read there before stays, and its links are followed. */
async function keep(
  visit: Visit,
  known: PageRecord,
  { status, location }: FetchedPage,
  { tools }: PageReaderOptions,
): Promise<ReadItem> {
  const { url: source } = visit;
  const target = location ?? 'nowhere';
  const { code, message } = new AnswerboxError('page_moved_for_now', { source, target, status });
  const document = await tools.knowledge.findBySource(known.documentSource ?? '');
  return {
    result: { state: 'skipped', documentId: document?.id ?? null, code, message },
    found: followed(visit, known.links, 1),
  };
}

/** What was asked for by the owner goes now, anything else when the whole site was seen. */
async function putOff(
  visit: Visit,
  gone: Pick<JobItemResult, 'code' | 'message'>,
  options: PageReaderOptions,
): Promise<ReadItem> {
  if (visit.item.action === 'read') return { gone };
  return { result: { ...(await removePage(visit, options)), ...gone } };
}

async function removePage(
  { url, item, source }: Visit,
  { sources, tools }: PageReaderOptions,
): Promise<JobItemResult> {
  await sources.removePage(source.id, url);
  return removeSource(item.source, tools);
}

async function redirected(
  visit: Visit,
  { location }: FetchedPage,
  options: PageReaderOptions,
): Promise<ReadItem> {
  const { url, item, source } = visit;
  const target = location === null ? null : normaliseAddress(location);
  if (target === null || target === url)
    return {
      result: failedResult(
        new AnswerboxError('page_unreachable', { source: url, reason: 'it redirects to nowhere' }),
      ),
    };
  if (!isSameSite(target, source.address))
    return leaveOut(visit, `it leads to another site, ${new URL(target).host}`, options);
  // Counted as a link, so that redirects in a circle or without an end come to one.
  const deeper = item.depth < source.settings.depth + CRAWL.mostRedirects;
  const found = deeper ? followed(visit, [target], 1, CRAWL.mostRedirects) : undefined;
  return { ...(await leaveOut(visit, `it leads to ${target}`, options)), ...(found && { found }) };
}

/** Nothing to read there: what was read there before goes. */
async function leaveOut(visit: Visit, reason: string, options: PageReaderOptions): Promise<ReadItem> {
  const { result } = skipped(visit.url, reason);
  if (!visit.known) return { result };
  return putOff(visit, { code: result.code, message: result.message }, options);
}

function skipped(source: string, reason: string): { result: JobItemResult } {
  const { code, message } = new AnswerboxError('page_skipped', { source, reason });
  return { result: { state: 'skipped', documentId: null, code, message } };
}

/** Links that are pages of this crawl, as items so many links further from the start. */
function followed(
  { item, source }: Visit,
  links: readonly string[],
  further: 0 | 1,
  extraDepth = 0,
): FoundItems {
  const depth = item.depth + further;
  const most = source.settings.pages;
  if (depth > source.settings.depth + extraDepth) return { items: [], most };
  const forms = new Map<string, number>();
  const items = links
    .filter((link) => isSameSite(link, source.address) && !looksEndless(link))
    .filter((link) => /\.xml(?:\.gz)?$/i.test(new URL(link).pathname) || isWanted(link, source.settings))
    .filter((link) => {
      const path = link.split('?')[0]!;
      forms.set(path, (forms.get(path) ?? 0) + 1);
      return forms.get(path)! <= CRAWL.queriesOfPath;
    })
    .map((link) => pageItem(link, depth, source.settings.scope));
  return { items, most };
}

function sitemapItems(sitemaps: readonly string[], { source }: Visit): NewJobItem[] {
  return sitemaps
    .map((address) => normaliseAddress(address))
    .filter((address) => address !== null && isSameSite(address, source.address))
    .map((address) => pageItem(address!, 0, source.settings.scope));
}

export function pageItem(url: string, depth: number, scope?: GivenScope): NewJobItem {
  return { source: url, name: nameOfPage(url), url, depth, ...(scope && { scope }) };
}

function withItems(read: ReadItem, items: readonly NewJobItem[], most: number): ReadItem {
  return items.length === 0
    ? read
    : { ...read, found: { items: [...items, ...(read.found?.items ?? [])], most } };
}
