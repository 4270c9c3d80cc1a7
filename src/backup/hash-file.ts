import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 as hex digits, of the bytes before `end` or of all. */
export async function hashFile(path: string, signal?: AbortSignal, end?: number): Promise<string> {
  const hash = createHash('sha256');
  if (end === 0) return hash.digest('hex');
  const options = end === undefined ? {} : { end: end - 1 };
  await pipeline(createReadStream(path, options), hash, { ...(signal && { signal }) });
  return hash.digest('hex');
}
