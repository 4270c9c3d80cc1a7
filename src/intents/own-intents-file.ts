import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { OwnIntentModel } from './intents-types.ts';

const FORMAT = 1;

/** The arrays of a model, in the order in which they lie in the file. */
interface Parts {
  rarity: Float32Array;
  dense: Float32Array;
  lexical: Float32Array;
  neighbours: Float32Array[];
}

interface Header {
  format: number;
  /** SHA-256 of everything after the header. */
  sha256: string;
  lengths: number[];
  model: Omit<OwnIntentModel, 'rarity' | 'hyperplanes' | 'neighbours'>;
}

export function ownIntentsPath(dataDir: string): string {
  return join(dataDir, 'intents', 'own-intents.bin');
}

/** One line of JSON, then the numbers as 32-bit floats. A reader sees the old file or the new one, never half. */
export async function saveOwnIntents(path: string, model: OwnIntentModel): Promise<void> {
  const { rarity, hyperplanes, neighbours, ...rest } = model;
  const arrays = [rarity, hyperplanes.dense, hyperplanes.lexical, ...neighbours];
  const body = Buffer.concat(
    arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  );
  const header: Header = {
    format: FORMAT,
    sha256: createHash('sha256').update(body).digest('hex'),
    lengths: arrays.map((array) => array.length),
    model: rest,
  };
  await writeAtomically(path, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]));
}

/**
 * Null when nothing was trained yet.
 * @param embedder identity of the embedder in use; left out, a stale model is given as well
 * @throws intents_damaged, intents_stale
 */
export async function loadOwnIntents(path: string, embedder?: string): Promise<OwnIntentModel | null> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AnswerboxError('intents_damaged', { path, reason: reasonOf(error) }, error);
  }
  const model = parse(path, content);
  if (embedder !== undefined && model.embedder !== embedder)
    throw new AnswerboxError('intents_stale', { found: model.embedder, expected: embedder });
  return model;
}

function parse(path: string, content: Buffer): OwnIntentModel {
  try {
    const end = content.indexOf('\n');
    const header = JSON.parse(content.toString('utf8', 0, end)) as Header;
    const body = content.subarray(end + 1);
    if (header.format !== FORMAT) throw new Error(`its format is ${header.format}, not ${FORMAT}`);
    if (createHash('sha256').update(body).digest('hex') !== header.sha256)
      throw new Error('its checksum is wrong');
    const { rarity, dense, lexical, neighbours } = partsOf(body, header.lengths);
    return { ...header.model, rarity, hyperplanes: { dense, lexical }, neighbours };
  } catch (error) {
    throw new AnswerboxError('intents_damaged', { path, reason: reasonOf(error) }, error);
  }
}

function partsOf(body: Buffer, lengths: readonly number[]): Parts {
  // Copied once, so that the floats begin at a multiple of four.
  const bytes = new Uint8Array(body).buffer;
  let offset = 0;
  const [rarity, dense, lexical, ...neighbours] = lengths.map((length) => {
    const part = new Float32Array(bytes, offset, length);
    offset += part.byteLength;
    return part;
  });
  return { rarity: rarity!, dense: dense!, lexical: lexical!, neighbours };
}
