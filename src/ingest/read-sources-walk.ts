import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, relative, resolve, sep } from 'node:path';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';

export interface ReadFailure {
  /** Absolute path. */
  source: string;
  /** source_unreadable, source_vanished or document_too_large. */
  error: AnswerboxError;
}

export interface WalkCallbacks {
  onFailure: (failure: ReadFailure) => void;
  onSkip: (source: string) => void;
}

const EXTENSIONS: ReadonlySet<string> = new Set(['.md', '.markdown', '.html', '.htm', '.txt']);
const UNREAD_FOLDERS: ReadonlySet<string> = new Set(['node_modules']);

/** What is still to do in one walk. */
interface Walk {
  callbacks: WalkCallbacks;
  signal: AbortSignal | undefined;
  /** Real paths of folders, so that links in a circle end; paths of files, so that none comes twice. */
  seen: Set<string>;
}

/**
 * Absolute paths of the documents under these files and folders, in name order. A file that is named
 * is always taken; inside folders only those with a known extension, hidden ones left out.
 * @throws cancelled
 */
export async function* walkSources(
  paths: readonly string[],
  callbacks: WalkCallbacks,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const walk: Walk = { callbacks, signal, seen: new Set() };
  for (const given of paths) {
    throwIfCancelled(signal);
    const path = resolve(given);
    const kind = await kindOf(path, walk, 'source_unreadable');
    if (kind === 'folder') yield* walkFolder(path, walk);
    else if (kind === 'file') yield* once(path, walk);
    else if (kind === 'other') fail(walk, path, 'source_unreadable', 'it is not a file or folder');
  }
}

async function* walkFolder(top: string, walk: Walk): AsyncGenerator<string> {
  const pending = [top];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    throwIfCancelled(walk.signal);
    const kind = path === top ? 'folder' : await kindOf(path, walk, 'source_vanished');
    if (kind === 'folder') {
      const below = await entriesOf(path, walk);
      for (let index = below.length - 1; index >= 0; index -= 1) pending.push(below[index]!);
    } else if (kind === 'file' && !isDocumentName(path)) walk.callbacks.onSkip(path);
    else if (kind === 'file') yield* once(path, walk);
    else if (kind === 'other') fail(walk, path, 'source_unreadable', 'it is not a regular file');
  }
}

/** Paths in a folder that may hold documents, sorted by name; [] for a folder that was seen before. */
async function entriesOf(folder: string, walk: Walk): Promise<string[]> {
  try {
    const real = await realpath(folder);
    if (walk.seen.has(`${real}/`)) return [];
    walk.seen.add(`${real}/`);
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    return entries.filter((entry) => isWanted(entry, folder, walk)).map((entry) => join(folder, entry.name));
  } catch (error) {
    failBy(walk, folder, error, 'source_vanished');
    return [];
  }
}

function isWanted(entry: Dirent, folder: string, { callbacks }: Walk): boolean {
  if (entry.name.startsWith('.') || UNREAD_FOLDERS.has(entry.name)) return false;
  if (entry.isDirectory() || isDocumentName(entry.name)) return true;
  // A link without a document's name may lead to a folder; anything else is no document.
  if (entry.isSymbolicLink() && extname(entry.name) === '') return true;
  callbacks.onSkip(join(folder, entry.name));
  return false;
}

function isDocumentName(name: string): boolean {
  return EXTENSIONS.has(extname(name).toLowerCase());
}

/** True for a path that a walk of the folder would read. */
export function isWatchedName(path: string, folder: string): boolean {
  const parts = relative(folder, path).split(sep);
  return isDocumentName(path) && !parts.some((part) => part.startsWith('.') || UNREAD_FOLDERS.has(part));
}

async function* once(path: string, walk: Walk): AsyncGenerator<string> {
  if (walk.seen.has(path)) return;
  walk.seen.add(path);
  yield path;
}

async function kindOf(
  path: string,
  walk: Walk,
  whenMissing: 'source_vanished' | 'source_unreadable',
): Promise<'folder' | 'file' | 'other' | null> {
  try {
    const stats = await stat(path);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other';
  } catch (error) {
    failBy(walk, path, error, whenMissing);
    return null;
  }
}

function failBy(
  walk: Walk,
  source: string,
  error: unknown,
  whenMissing: 'source_vanished' | 'source_unreadable',
): void {
  const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
  fail(walk, source, isGone ? whenMissing : 'source_unreadable', reasonOf(error), error);
}

function fail(
  { callbacks }: Walk,
  source: string,
  code: 'source_vanished' | 'source_unreadable',
  reason: string,
  cause?: unknown,
): void {
  callbacks.onFailure({ source, error: new AnswerboxError(code, { source, reason }, cause) });
}
