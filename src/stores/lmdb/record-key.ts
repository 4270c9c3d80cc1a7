import { createHash } from 'node:crypto';

/** SHA-256 of the parts (32 bytes): keys of LMDB are short, and a customer's words are not to be read off them. */
export function recordKey(...parts: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part, 'utf8');
  return hash.digest();
}
