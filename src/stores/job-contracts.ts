import type { GivenScope } from '../ingest/ingest-types.ts';

/** Work that is accepted and goes on in the background: uploads, folders, sites. Survives any end of the process. */

export const JOB_KINDS = ['upload', 'folder', 'site', 'restore', 'reread'] as const;
/**
 * `upload`: bytes that were sent; `folder`: files by their path; `site`: pages by their address; `restore`: an earlier
 * version; `reread`: kept originals, with the parsers of today.
 */
export type JobKind = (typeof JOB_KINDS)[number];

/** `failed`: every item did; `completed`: all are over and at least one was read. */
export const JOB_STATES = ['waiting', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/**
 * `added`, `changed` and `unchanged` are searchable; `removed`: its source is gone, and so is the document;
 * `skipped`: nothing was to be read there (the reason says why).
 */
export const JOB_ITEM_STATES = [
  'waiting',
  'added',
  'changed',
  'unchanged',
  'removed',
  'skipped',
  'failed',
  'cancelled',
] as const;
export type JobItemState = (typeof JOB_ITEM_STATES)[number];

export interface JobRecord {
  id: string;
  kind: JobKind;
  /** For people: a file name, a folder, an address. */
  title: string;
  /** The folder or site that it brings up to date; null for uploads. */
  sourceId: string | null;
  state: JobState;
  total: number;
  /** Items that are over, in whatever way. */
  done: number;
  failed: number;
  /** Of the failed ones, those that a retry can read. */
  retriable: number;
  /** Items by state; states without items are left out. */
  counts: Partial<Record<JobItemState, number>>;
  /** Addresses that were found and are not read: the job has as many items as it may have. */
  leftOut: number;
  /** Bytes of all items as far as known, and of those that are over. */
  bytes: number;
  bytesDone: number;
  /** Passages that were embedded, and those whose vectors could be kept. */
  chunksEmbedded: number;
  chunksKept: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

export interface JobItemRecord {
  /** Place in the job, from 0. */
  ordinal: number;
  source: string;
  name: string;
  state: JobItemState;
  documentId: string | null;
  /** Why it failed or was skipped, and what to do. */
  code: string | null;
  message: string | null;
  bytes: number;
  /** A retry can read it: it failed or was cancelled, and its bytes, file or address are still known. */
  isRetriable: boolean;
  /** From 1, in the order in which items came to their end; null while it waits. */
  finishedSequence: number | null;
}

/** What came of an item. */
export interface JobItemResult {
  state: Exclude<JobItemState, 'waiting'>;
  documentId: string | null;
  code: string | null;
  message: string | null;
  /** Bytes that were read, where they were not known before. */
  bytes?: number;
  chunksEmbedded?: number;
  chunksKept?: number;
}

export interface QueuedItem {
  jobId: string;
  kind: JobKind;
  sourceId: string | null;
  ordinal: number;
  source: string;
  name: string;
  /** Null when it is read from `path` or `url` in its turn. */
  bytes: Uint8Array | null;
  path: string | null;
  /**
   * `remove`: the source is gone; `remove_confirmed`: and the owner asked for it after it was held; `reread`: the
   * original that is kept of this source when its turn comes.
   */
  action: 'read' | 'remove' | 'remove_confirmed' | 'reread';
  /** Links from the start, of a page. */
  depth: number;
  /** How often it was begun before. */
  attempts: number;
  mediaType: string | null;
  title: string | null;
  url: string | null;
  /** What was said of it when it was handed over. */
  scope: GivenScope;
  /** It is read only in the place of these bytes, hex; null: of any. */
  expectedSha256: string | null;
}

export interface NewJobItem {
  source: string;
  name: string;
  bytes?: Uint8Array;
  path?: string;
  action?: 'read' | 'remove' | 'reread';
  /** It is over already: nothing is to be done but to tell. */
  ended?: JobItemResult;
  depth?: number;
  /** Bytes, when they are known without reading. */
  size?: number;
  mediaType?: string;
  title?: string;
  url?: string;
  scope?: GivenScope;
  expectedSha256?: string;
}

export interface NewJob {
  kind?: JobKind;
  title?: string;
  sourceId?: string;
  items: readonly NewJobItem[];
}

export interface BatchLimits {
  items: number;
  bytes: number;
}

/** The bytes of an accepted upload are kept until it is in the index: acknowledged means stored. */
export interface JobStore {
  /**
   * An item with a path takes the place of one with the same path that still waits in an older job, so that
   * an ingest that was killed and is run again does the work once.
   */
  createJob(job: NewJob): Promise<string>;
  getJob(id: string): Promise<JobRecord | null>;
  /** Newest first; `before` is the last id of the page before. */
  listJobs(options: { limit: number; before?: string }): Promise<JobRecord[]>;
  /** In their order; `after` is the last ordinal of the page before. */
  listItems(
    id: string,
    options: { limit: number; after?: number; state?: JobItemState },
  ): Promise<JobItemRecord[]>;
  /** Those that came to their end after the one with this sequence, in that order. */
  listFinished(id: string, options: { limit: number; after: number }): Promise<JobItemRecord[]>;
  /**
   * The next items of the oldest job that is neither over nor paused, uploads before folders and sites; none
   * twice by source, and what is to be removed after all that is to be read. An item that was begun `aloneFrom` times without an end comes alone, and after all that were
   * begun less often: it cannot be told yet whether it ends the program or was only there when something else did.
   */
  nextItems(limits: BatchLimits & { aloneFrom: number }): Promise<QueuedItem[]>;
  /** Counts an attempt for each, before the work begins. */
  beginItems(jobId: string, ordinals: readonly number[]): Promise<void>;
  /** Takes the attempt back: the work was stopped on purpose. */
  releaseItems(jobId: string, ordinals: readonly number[]): Promise<void>;
  /**
   * The item's source is gone: it waits, as `remove`, until everything of its job was read, so that it is known then
   * how many there are. Its attempt is taken back; what was found is added as by `finishItem`.
   */
  putOff(
    jobId: string,
    ordinal: number,
    why: { code: string | null; message: string | null },
    found?: { items: readonly NewJobItem[]; most: number },
  ): Promise<void>;
  /** Items of the job whose sources are gone, and how many documents went with them so far. */
  countRemovals(jobId: string): Promise<{ wanted: number; done: number }>;
  /** Ends the item, and adds what was found on the way, each source once a job, `most` items in all. */
  finishItem(
    jobId: string,
    ordinal: number,
    result: JobItemResult,
    found?: { items: readonly NewJobItem[]; most: number },
  ): Promise<void>;
  /** False when there is no such job, or it is over. */
  pauseJob(id: string): Promise<boolean>;
  resumeJob(id: string): Promise<boolean>;
  /** False when there is no such job. */
  cancelJob(id: string): Promise<boolean>;
  /**
   * Puts failed and cancelled items back to waiting: the one named, or all failed ones. Those whose bytes are
   * gone cannot come back; a removal that was held is carried out then. Null when there is no such job, else how many wait again.
   */
  retryItems(id: string, ordinal: number | null): Promise<number | null>;
  /** Forgets jobs that were over before this time, with the bytes of their failed items. */
  pruneJobs(before: string): Promise<number>;
}
