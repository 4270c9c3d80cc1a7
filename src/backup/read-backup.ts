import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import {
  BACKUP,
  BACKUP_HEADER,
  MANIFEST,
  type BackupHeader,
  type BackupManifest,
  type BackupPart,
  type BackupSummary,
} from './backup-format.ts';
import { hashFile } from './hash-file.ts';
import { isSafePath } from './part-path.ts';
import { createByteReader, type ByteReader } from './read-bytes.ts';
import { deriveKey, openBody, SealBroken } from './seal-body.ts';

export interface ReadOptions {
  /** What it was encrypted with; null when no key is set up. */
  secret: string | null;
  /** Takes one that is not encrypted although there is a key: only encryption proves who wrote it. */
  allowUnencrypted?: boolean;
  newestSchema: number;
  /** Told of all its parts before the first is taken; what it throws ends the reading. */
  onManifest?: (manifest: BackupManifest) => Promise<void>;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Takes the bytes of each different content, once, with all parts that hold it. */
export type TakeContent = (parts: readonly BackupPart[], content: AsyncGenerator<Buffer>) => Promise<void>;

/**
 * Reads a whole backup: first its checksum, so that no damaged byte is looked at; then what it says of itself; then
 * each content, compared with its own checksum after it was taken.
 * @throws backup_damaged, backup_newer, backup_key_needed, backup_key_wrong, backup_not_encrypted, cancelled
 */
export async function readBackup(
  path: string,
  options: ReadOptions,
  take: TakeContent,
): Promise<BackupSummary> {
  const { signal } = options;
  const fail = (reason: string, cause?: unknown): AnswerboxError =>
    new AnswerboxError('backup_damaged', { path, reason }, cause);
  try {
    const proven = await checkWhole(path, signal);
    const end = proven.bytes - BACKUP.trailerBytes - 1;
    const file = createByteReader(createReadStream(path, { end, ...(signal && { signal }) }));
    const { header, start } = await readHeader(file, path);
    const body = await openedBody(file, { header, start, path, ...options });
    const manifest = await readManifest(body, path, options.newestSchema);
    await options.onManifest?.(manifest);
    await takeContents(body, manifest, options, take);
    if ((await body.read(1)) !== null) throw new Error('more follows after its last part');
    return summaryOf(path, proven, header, manifest);
  } catch (error) {
    throwIfCancelled(signal);
    if (error instanceof AnswerboxError) throw error;
    if (error instanceof SealBroken && error.proven === 0)
      throw new AnswerboxError('backup_key_wrong', { path }, error);
    throw fail(reasonOf(error), error);
  }
}

async function checkWhole(path: string, signal?: AbortSignal): Promise<{ bytes: number; sha256: string }> {
  const { size } = await stat(path);
  const end = size - BACKUP.trailerBytes;
  if (end < BACKUP.magic.length) throw new Error('it is too short');
  const handle = await open(path, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(BACKUP.trailerBytes), 0, BACKUP.trailerBytes, end);
    const sha256 = await hashFile(path, signal, end);
    if (buffer.toString('hex') !== sha256) throw new Error('its checksum does not fit what it holds');
    return { bytes: size, sha256 };
  } finally {
    await handle.close();
  }
}

async function readHeader(file: ByteReader, path: string): Promise<{ header: BackupHeader; start: Buffer }> {
  const first = await file.readLine(100);
  const format = new RegExp(`^${BACKUP.magic} (\\d{1,9})$`).exec(first)?.[1];
  if (format === undefined) throw new Error('it is not a backup of Answerbox');
  if (Number(format) > BACKUP.format)
    throw new AnswerboxError('backup_newer', { path, what: 'format', found: format, known: BACKUP.format });
  const second = await file.readLine(BACKUP.headerBytes);
  const header = checked(BACKUP_HEADER, JSON.parse(second), 'its header');
  return { header, start: Buffer.from(`${first}\n${second}\n`) };
}

interface Opening {
  header: BackupHeader;
  start: Buffer;
  path: string;
  secret: string | null;
  allowUnencrypted?: boolean;
}

async function openedBody(
  file: ByteReader,
  { header, start, path, secret, allowUnencrypted = false }: Opening,
): Promise<ByteReader> {
  const { encryption } = header;
  if (encryption === null) {
    if (secret !== null && !allowUnencrypted) throw new AnswerboxError('backup_not_encrypted', { path });
    return file;
  }
  if (secret === null) throw new AnswerboxError('backup_key_needed', { path });
  const key = await deriveKey(secret, encryption);
  return createByteReader(openBody((bytes) => file.read(bytes), { key, encryption, header: start }));
}

async function readManifest(body: ByteReader, path: string, newest: number): Promise<BackupManifest> {
  const length = (await body.read(4))?.readUInt32BE() ?? 0;
  if (length === 0 || length > BACKUP.manifestBytes) throw new Error('it has no list of its parts');
  const text = (await body.read(length))?.toString('utf8') ?? '';
  const manifest = checked(MANIFEST, JSON.parse(text), 'the list of its parts');
  if (manifest.schema > newest)
    throw new AnswerboxError('backup_newer', { path, what: 'schema', found: manifest.schema, known: newest });
  const seen = new Set<string>();
  for (const { path: name } of manifest.parts) {
    if (!isSafePath(name)) throw new Error(`the name ${JSON.stringify(name)} leads out of the data folder`);
    if (seen.has(name)) throw new Error(`${name} is in it twice`);
    seen.add(name);
  }
  return manifest;
}

async function takeContents(
  body: ByteReader,
  { parts }: BackupManifest,
  { signal, onProgress = () => undefined }: ReadOptions,
  take: TakeContent,
): Promise<void> {
  const byContent = grouped(parts);
  const total = [...byContent.values()].reduce((sum, [part]) => sum + part!.bytes, 0);
  let done = 0;
  for (const [sha256, same] of byContent) {
    throwIfCancelled(signal);
    const { bytes, path } = same[0]!;
    if (same.some((part) => part.bytes !== bytes)) throw new Error(`${path} has two lengths`);
    const hash = createHash('sha256');
    async function* watched(): AsyncGenerator<Buffer> {
      for await (const piece of body.stream(bytes)) {
        throwIfCancelled(signal);
        hash.update(piece);
        done += piece.byteLength;
        yield piece;
        onProgress(done, total);
      }
    }
    await take(same, watched());
    if (hash.digest('hex') !== sha256) throw new Error(`the checksum of ${path} does not fit`);
  }
}

/** Node 20 has no Map.groupBy. */
function grouped(parts: readonly BackupPart[]): Map<string, BackupPart[]> {
  const groups = new Map<string, BackupPart[]>();
  for (const part of parts) groups.set(part.sha256, [...(groups.get(part.sha256) ?? []), part]);
  return groups;
}

function checked<Schema extends TSchema>(schema: Schema, value: unknown, what: string): Static<Schema> {
  if (Value.Check(schema, value)) return value;
  const [first] = [...Value.Errors(schema, value)];
  throw new Error(`${what} cannot be used (${first?.path ?? ''} ${first?.message ?? ''})`);
}

function summaryOf(
  path: string,
  proven: { bytes: number; sha256: string },
  { created_at, program, encryption }: BackupHeader,
  { schema, rows, parts, left_out }: BackupManifest,
): BackupSummary {
  return {
    path,
    ...proven,
    created_at,
    program,
    encrypted: encryption !== null,
    schema,
    parts: parts.length,
    rows,
    left_out,
  };
}
