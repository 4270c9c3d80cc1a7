import { watch, type FSWatcher } from 'chokidar';
import { reasonOf } from '../errors.ts';
import type { GivenScope } from './ingest-types.ts';
import type { JobStore, NewJobItem } from '../stores/job-contracts.ts';
import { realFolder, type SourceVisits } from './crawl/source-visits.ts';
import { removalOf } from './crawl/visit-folder.ts';
import { fileItem } from './jobs/file-item.ts';
import { isWatchedName, walkSources } from './read-sources-walk.ts';

export const WATCH = {
  /** Milliseconds a file must stay as it is before it is read: editors and copies write in pieces. */
  settleMs: 400,
  /** Milliseconds over which changes are gathered into one job. */
  gatherMs: 600,
} as const;

export interface FolderWatcher {
  /** Resolves when every folder was read once and changes are seen. */
  ready: Promise<void>;
  close(): Promise<void>;
}

export interface FolderWatcherOptions {
  folders: readonly string[];
  jobs: JobStore;
  visits: SourceVisits;
  wake: () => void;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/**
 * Follows folders: what is added or changed there is read, what is gone is removed. What changed while nothing
 * ran is found by the visit at the start.
 */
export function watchFolders({ folders, jobs, visits, wake, log }: FolderWatcherOptions): FolderWatcher {
  const watchers: FSWatcher[] = [];
  let closed = false;

  async function follow(given: string): Promise<void> {
    const folder = await realFolder(given);
    const watcher = watch(folder, {
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: WATCH.settleMs, pollInterval: 100 },
    });
    watchers.push(watcher);
    const visited = new Promise<void>((resolve) => void watcher.once('ready', () => resolve())).then(() =>
      visits.visitFolder(folder),
    );
    const changed = new Map<string, 'read' | 'remove'>();
    const flush = async (): Promise<void> => {
      const { source } = await visited;
      const changes = [...changed];
      changed.clear();
      if (changes.length === 0 || closed) return;
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
    const note = (path: string, action: 'read' | 'remove'): void => {
      if (!isWatchedName(path, folder)) return;
      changed.set(path, action);
      clearTimeout(timer);
      timer = setTimeout(
        () => void flush().catch((error: unknown) => log('warn', `watched folder: ${reasonOf(error)}`)),
        WATCH.gatherMs,
      );
    };
    watcher
      .on('add', (path) => note(path, 'read'))
      .on('change', (path) => note(path, 'read'))
      .on('unlink', (path) => note(path, 'remove'))
      .on('error', (error) => log('warn', `watched folder ${folder}: ${reasonOf(error)}`));
    await visited;
  }

  const ready = Promise.all(
    folders.map((folder) =>
      follow(folder).catch((error: unknown) => log('error', `watched folder ${folder}: ${reasonOf(error)}`)),
    ),
  ).then(() => undefined);
  return {
    ready,
    close: async () => {
      closed = true;
      await Promise.all(watchers.map((watcher) => watcher.close()));
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
