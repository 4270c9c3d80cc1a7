import { setTimeout as wait } from 'node:timers/promises';
import { watch, type FSWatcher } from 'chokidar';
import { reasonOf } from '../errors.ts';
import type { GivenScope } from './ingest-types.ts';
import type { JobStore, NewJobItem } from '../stores/job-contracts.ts';
import type { SourceRecord } from '../stores/sync-contracts.ts';
import { realFolder, type SourceVisits } from './crawl/source-visits.ts';
import { removalOf } from './crawl/visit-folder.ts';
import { fileItem } from './jobs/file-item.ts';
import { isWatchedName, walkSources } from './read-sources-walk.ts';

export const WATCH = {
  /** Milliseconds a file must stay as it is before it is read: editors and copies write in pieces. */
  settleMs: 400,
  /** Milliseconds over which changes are gathered into one job. */
  gatherMs: 600,
  /** Milliseconds after which a folder that was away, or changes that could not be queued, are tried again. */
  retryMs: 30_000,
} as const;

export interface FolderWatcher {
  /** Resolves when every folder was read once and changes are seen, or it is known to be away for now. */
  ready: Promise<void>;
  close(): Promise<void>;
}

export interface FolderWatcherOptions {
  folders: readonly string[];
  jobs: JobStore;
  visits: SourceVisits;
  wake: () => void;
  /** Told whenever that changes: why folders are not followed now, by their path; empty when all are. */
  onAway?: (away: ReadonlyMap<string, string>) => void;
  retryMs?: number;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/**
 * Follows folders: what is added or changed there is read, what is gone is removed. What changed while nothing
 * ran is found by the visit at the start.
 */
export function watchFolders({
  folders,
  jobs,
  visits,
  wake,
  onAway = () => undefined,
  retryMs = WATCH.retryMs,
  log,
}: FolderWatcherOptions): FolderWatcher {
  const watchers = new Set<FSWatcher>();
  const stop = new AbortController();
  const away = new Map<string, string>();

  /** Null: it is followed. */
  function tell(given: string, error: unknown): void {
    if (error === null ? !away.delete(given) : away.get(given) === reasonOf(error)) return;
    if (error !== null) away.set(given, reasonOf(error));
    log(
      error === null ? 'info' : 'error',
      `watched folder ${given}: ${error === null ? 'it is followed again' : reasonOf(error)}`,
    );
    onAway(away);
  }

  async function tryAgain(given: string): Promise<void> {
    while (!stop.signal.aborted) {
      await wait(retryMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted || (await begin(given))) return;
    }
  }

  async function begin(given: string): Promise<boolean> {
    try {
      await follow(given);
      tell(given, null);
      return true;
    } catch (error) {
      tell(given, error);
      return false;
    }
  }

  async function follow(given: string): Promise<void> {
    const folder = await realFolder(given);
    if (stop.signal.aborted) return;
    const over = new AbortController();
    const signal = AbortSignal.any([stop.signal, over.signal]);
    const watcher = watch(folder, {
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: WATCH.settleMs, pollInterval: 100 },
    });
    watchers.add(watcher);
    const visited = new Promise<void>((resolve) => void watcher.once('ready', () => resolve())).then(() =>
      visits.visitFolder(folder),
    );
    const changed = new Map<string, 'read' | 'remove'>();
    const flush = async (): Promise<void> => {
      const { source } = await visited;
      if (changed.size === 0 || signal.aborted) return;
      const changes = [...changed];
      changed.clear();
      await queue(source, changes).catch((error: unknown) => {
        for (const [path, action] of changes) if (!changed.has(path)) changed.set(path, action);
        throw error;
      });
    };
    const queue = async (source: SourceRecord, changes: [string, 'read' | 'remove'][]): Promise<void> => {
      // A share that is not mounted any more looks as if each of its files were removed: the visit says so.
      if (changes.some(([, action]) => action === 'remove') && (await isEmptied(folder))) {
        await visits.visit(source);
        return;
      }
      const scope = (await visits.find(source.id))?.settings.scope;
      const items = await Promise.all(changes.map(([path, action]) => itemOf(path, action, scope)));
      const title = items.length === 1 ? items[0]!.source : `${items.length} changes in ${folder}`;
      await jobs.createJob({ kind: 'folder', title, sourceId: source.id, items });
      wake();
    };
    let timer: NodeJS.Timeout | undefined;
    const flushSoon = (ms: number): void => {
      clearTimeout(timer);
      if (signal.aborted) return;
      timer = setTimeout(
        () =>
          void flush().then(
            () => tell(given, null),
            (error: unknown) => {
              tell(given, error);
              flushSoon(retryMs);
            },
          ),
        ms,
      );
    };
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    const note = (path: string, action: 'read' | 'remove'): void => {
      if (!isWatchedName(path, folder)) return;
      changed.set(path, action);
      flushSoon(WATCH.gatherMs);
    };
    watcher
      .on('add', (path) => note(path, 'read'))
      .on('change', (path) => note(path, 'read'))
      .on('unlink', (path) => note(path, 'remove'))
      .on('error', (error) => tell(given, error));
    try {
      await visited;
    } catch (error) {
      over.abort();
      watchers.delete(watcher);
      await watcher.close();
      throw error;
    }
  }

  const ready = Promise.all(
    folders.map(async (folder) => {
      if (!(await begin(folder))) void tryAgain(folder);
    }),
  ).then(() => undefined);
  return {
    ready,
    close: async () => {
      stop.abort();
      await Promise.all([...watchers].map((watcher) => watcher.close()));
    },
  };
}

async function isEmptied(folder: string): Promise<boolean> {
  const callbacks = { onFailure: () => undefined, onSkip: () => undefined };
  const { done } = await walkSources([folder], callbacks).next();
  return done === true;
}

async function itemOf(
  path: string,
  action: 'read' | 'remove',
  scope: GivenScope | undefined,
): Promise<NewJobItem> {
  if (action === 'read') return { ...(await fileItem(path)), ...(scope && { scope }) };
  return removalOf(path);
}
