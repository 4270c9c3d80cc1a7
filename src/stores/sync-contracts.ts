import type { GivenScope } from '../ingest/ingest-types.ts';

/** Where documents come from by themselves: sites and folders, what was found there, and what documents were before. */

export type SourceKind = 'site' | 'folder';

export interface SiteSettings {
  /** Links from the start; 0 is the start alone. */
  depth: number;
  /** Most pages of one crawl. */
  pages: number;
  /** Globs over path and query, `*` within a part, `**` over parts; empty means all. */
  include: readonly string[];
  exclude: readonly string[];
  /** What is said of every page. */
  scope?: GivenScope;
}

export interface SourceRecord {
  id: string;
  kind: SourceKind;
  /** Start address, or absolute path. */
  address: string;
  settings: SiteSettings;
  /** Hours between two visits; null: only when asked. */
  everyHours: number | null;
  documents: number;
  createdAt: string;
  /** Addresses that the last visit found and did not read, as there were more than `settings.pages`. */
  leftOut: number;
  /** Of the last visit; null before the first. */
  lastJobId: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** ISO 8601, UTC; null: only when asked. */
  nextAt: string | null;
}

/** What the last visit of a page told, so that the next one need not read it again. */
export interface PageRecord {
  url: string;
  /** Source of its document; null when it has none. */
  documentSource: string | null;
  etag: string | null;
  lastModified: string | null;
  links: readonly string[];
  /** ISO 8601, UTC. */
  fetchedAt: string;
}

export interface SourceStore {
  /** The source of this address, made or with these settings from now on, as by `setSettings`. */
  putSource(source: {
    kind: SourceKind;
    address: string;
    settings: SiteSettings;
    everyHours: number | null;
  }): Promise<SourceRecord>;
  getSource(id: string): Promise<SourceRecord | null>;
  listSources(): Promise<SourceRecord[]>;
  /** Sources whose next visit is due at this time. */
  listDue(now: string): Promise<SourceRecord[]>;
  removeSource(id: string): Promise<boolean>;
  setInterval(id: string, everyHours: number | null): Promise<boolean>;
  /**
   * From the next visit on; false when there is none. What is said of pages is said of all: where that changed, the
   * next visit reads again those that did not change.
   */
  setSettings(id: string, settings: SiteSettings): Promise<boolean>;
  beginVisit(id: string, jobId: string): Promise<void>;
  /** Sets when the next visit is due. */
  endVisit(id: string): Promise<void>;
  getPage(sourceId: string, url: string): Promise<PageRecord | null>;
  putPage(sourceId: string, page: Omit<PageRecord, 'fetchedAt'>): Promise<void>;
  removePage(sourceId: string, url: string): Promise<void>;
  listPageUrls(sourceId: string): Promise<string[]>;
}

export interface VersionRecord {
  /** From 1, the oldest ever. */
  version: number;
  title: string;
  url: string | null;
  mediaType: string;
  sha256: string;
  bytes: number;
  /** From when to when it was what customers were told; ISO 8601, UTC. */
  from: string;
  until: string;
}

/** What documents were before they changed. */
export interface VersionStore {
  /** Newest first. */
  listVersions(documentId: string): Promise<VersionRecord[]>;
  getVersion(documentId: string, version: number): Promise<(VersionRecord & { original: Uint8Array }) | null>;
  /**
   * While the document has the bytes `restored`, the bytes `held` at its source are known and don't undo that.
   * Both are SHA-256, hex.
   */
  holdAgainst(source: string, hold: { held: string; restored: string }): Promise<void>;
  isHeldAgainst(source: string, sha256: string): Promise<boolean>;
  /**
   * True: the source says in other bytes what it said when the document was put before it. These are the bytes held
   * from now on.
   */
  holdSameText(source: string, now: { sha256: string; title: string; text: string }): Promise<boolean>;
}
