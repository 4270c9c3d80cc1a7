import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { throwIfCancelled } from '../errors.ts';
import { BACKUP, type BackupHeader } from './backup-format.ts';
import { deriveKey, newEncryption, sealBody } from './seal-body.ts';
import type { StagedBackup } from './stage-backup.ts';

export interface WriteOptions {
  program: string;
  createdAt: Date;
  /** Null: not encrypted. */
  secret: string | null;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** The bytes of the backup file, as `backup-format.ts` draws it. */
export async function* writeBackup(staged: StagedBackup, options: WriteOptions): AsyncGenerator<Buffer> {
  const { program, createdAt, secret, signal } = options;
  const encryption = secret === null ? null : newEncryption();
  const header: BackupHeader = { program, created_at: createdAt.toISOString(), encryption };
  const start = Buffer.from(`${BACKUP.magic} ${BACKUP.format}\n${JSON.stringify(header)}\n`);
  const whole = createHash('sha256').update(start);
  yield start;
  const plain = bodyOf(staged, options);
  const body =
    encryption && secret !== null
      ? sealBody(plain, { key: await deriveKey(secret, encryption), encryption, header: start })
      : plain;
  for await (const piece of body) {
    throwIfCancelled(signal);
    whole.update(piece);
    yield piece;
  }
  yield whole.digest();
}

async function* bodyOf(
  staged: StagedBackup,
  { signal, onProgress = () => undefined }: WriteOptions,
): AsyncGenerator<Buffer> {
  const { manifest } = staged;
  const text = Buffer.from(JSON.stringify(manifest));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.byteLength);
  yield Buffer.concat([length, text]);
  const written = new Set<string>();
  const total = manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const part of manifest.parts) {
    if (!written.has(part.sha256)) {
      written.add(part.sha256);
      for await (const piece of createReadStream(staged.pathOf(part), { ...(signal && { signal }) }))
        yield piece as Buffer;
    }
    done += part.bytes;
    onProgress(done, total);
  }
}
