import type { Response } from 'undici';
import { AnswerboxError } from '../../errors.ts';

/**
 * The body, unpacked, never more than the limit of it.
 * @throws page_too_large
 */
export async function readBody(response: Response, limit: number, source: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array;
    total += bytes.byteLength;
    if (total > limit) throw new AnswerboxError('page_too_large', { source, limit });
    parts.push(bytes);
  }
  return Buffer.concat(parts, total);
}
