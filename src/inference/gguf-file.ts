import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AnswerboxError, reasonOf } from '../errors.ts';

/** A model file that the owner brought. */
export interface GgufFile {
  /** Absolute. */
  file: string;
  /** The file's name without its ending. */
  name: string;
  /** Name and SHA-256 of size, beginning and end: to read gigabytes whole at each start would take minutes. */
  identity: string;
  bytes: number;
}

/** Bytes of the beginning (where the model describes itself) and of the end that make its identity. */
const SAMPLE_BYTES = 1 << 20;
/** Versions of the format that llama.cpp reads. */
const VERSIONS = [2, 3];

/** Looks whether it is one, by its first bytes. @throws large_generator_unusable with the reason */
export async function inspectGguf(path: string): Promise<GgufFile> {
  const file = resolve(path);
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const first = await sampleAt(handle, 0);
      const magic = first.subarray(0, 4).toString('latin1');
      if (magic !== 'GGUF') throw new Error('it is no GGUF file: it does not begin with "GGUF"');
      const version = first.readUInt32LE(4);
      if (!VERSIONS.includes(version))
        throw new Error(`it is GGUF version ${version}; ${VERSIONS.join(' and ')} can be read`);
      const hash = createHash('sha256').update(String(size)).update(first);
      hash.update(await sampleAt(handle, Math.max(0, size - SAMPLE_BYTES)));
      const name = basename(file).replace(/\.gguf$/i, '');
      return { file, name, identity: `${name}@${hash.digest('hex')}`, bytes: size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new AnswerboxError('large_generator_unusable', { file, reason: reasonOf(error) }, error);
  }
}

async function sampleAt(handle: Awaited<ReturnType<typeof open>>, position: number): Promise<Buffer> {
  const buffer = Buffer.alloc(SAMPLE_BYTES);
  const { bytesRead } = await handle.read(buffer, 0, SAMPLE_BYTES, position);
  if (bytesRead < 8) throw new Error('it holds next to nothing');
  return buffer.subarray(0, bytesRead);
}
