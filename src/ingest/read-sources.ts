import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import type { SourceFile } from './ingest-types.ts';
import { type ReadFailure, walkSources } from './read-sources-walk.ts';

export type { ReadFailure } from './read-sources-walk.ts';

export interface ReadSourcesOptions {
  signal?: AbortSignal;
  /** Largest file in bytes; a larger one is not read. */
  maxBytes?: number;
  /** A file or folder that could not be read; the others are read all the same. */
  onFailure?: (failure: ReadFailure) => void;
  /** A file inside a folder that is no document by its name. */
  onSkip?: (source: string) => void;
}

export const DEFAULT_MAX_BYTES = 20_000_000;

/**
 * The documents under these files and folders, in name order, each once, `source` being the absolute
 * path. Failures go to `onFailure` with source_unreadable, source_vanished or document_too_large.
 * @throws cancelled
 */
export async function* readSources(
  paths: readonly string[],
  { signal, maxBytes = DEFAULT_MAX_BYTES, onFailure, onSkip }: ReadSourcesOptions = {},
): AsyncGenerator<SourceFile> {
  const callbacks = { onFailure: onFailure ?? (() => {}), onSkip: onSkip ?? (() => {}) };
  for await (const source of walkSources(paths, callbacks, signal)) {
    throwIfCancelled(signal);
    try {
      const bytes = await readSourceFile(source, maxBytes);
      yield { source, name: basename(source), bytes };
    } catch (error) {
      if (!(error instanceof AnswerboxError)) throw error;
      callbacks.onFailure({ source, error });
    }
  }
}

/** How many documents `readSources` will try; those that fail are counted too. */
export async function countSources(paths: readonly string[], signal?: AbortSignal): Promise<number> {
  let count = 0;
  for await (const _source of walkSources(paths, { onFailure: () => {}, onSkip: () => {} }, signal))
    count += 1;
  return count;
}

/**
 * The bytes of one file. Opened without blocking, so that a FIFO put in its place cannot hold the process.
 * @throws source_unreadable, source_vanished, document_too_large
 */
export async function readSourceFile(source: string, limit: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(source, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile())
      throw new AnswerboxError('source_unreadable', { source, reason: 'it is not a regular file' });
    if (stats.size > limit)
      throw new AnswerboxError('document_too_large', { source, found: stats.size, limit });
    return await readUpTo(handle, source, stats.size, limit);
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isGone) throw new AnswerboxError('source_vanished', { source }, error);
    throw new AnswerboxError('source_unreadable', { source, reason: reasonOf(error) }, error);
  } finally {
    await handle?.close();
  }
}

/** A file may grow while it is read; never more than the limit is held. */
async function readUpTo(
  handle: FileHandle,
  source: string,
  size: number,
  limit: number,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (let wanted = size + 1; ; wanted = 65_536) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(wanted), 0, wanted, null);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
    if (total > limit) throw new AnswerboxError('document_too_large', { source, found: total, limit });
  }
}
