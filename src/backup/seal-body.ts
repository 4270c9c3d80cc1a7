import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { BACKUP, type Encryption } from './backup-format.ts';

/** Bytes of GCM's tag, as NIST SP 800-38D recommends. */
const TAG = 16;

export function newEncryption(): Encryption {
  const { n, r, p } = BACKUP.scrypt;
  const salt = randomBytes(16).toString('base64url');
  const nonce = randomBytes(7).toString('base64url');
  return { cipher: 'aes-256-gcm', kdf: 'scrypt', n, r, p, salt, nonce };
}

/** 32 bytes from the words in the key file. */
export function deriveKey(secret: string, { n, r, p, salt }: Encryption): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const limits = { N: n, r, p, maxmem: 256 * n * r };
    scrypt(secret, Buffer.from(salt, 'base64url'), 32, limits, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/**
 * The body as chunks, each a u32 length and AES-256-GCM's ciphertext with its tag. The nonce is prefix, chunk number
 * and whether it is the last (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, 2015), so chunks that are missing,
 * exchanged or cut off are found; the header is authenticated with each.
 */
export async function* sealBody(
  body: AsyncIterable<Uint8Array>,
  { key, encryption, header }: { key: Buffer; encryption: Encryption; header: Buffer },
): AsyncGenerator<Buffer> {
  let number = 0;
  const seal = (plain: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(encryption, number++, isLast));
    cipher.setAAD(header);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return Buffer.concat([lengthOf(sealed), sealed]);
  };
  let waiting: Buffer = Buffer.alloc(0);
  for await (const piece of body) {
    waiting = Buffer.concat([waiting, piece]);
    while (waiting.byteLength > BACKUP.chunkBytes) {
      yield seal(waiting.subarray(0, BACKUP.chunkBytes), false);
      waiting = waiting.subarray(BACKUP.chunkBytes);
    }
  }
  yield seal(waiting, true);
}

/** What a chunk says when it does not fit key, place or header. */
export class SealBroken extends Error {
  /** Chunks that were proven before it. */
  readonly proven: number;
  constructor(proven: number) {
    super(`chunk ${proven} is not what was sealed`);
    this.proven = proven;
  }
}

/** The other way round; gives out nothing that was not proven. @throws SealBroken */
export async function* openBody(
  read: (bytes: number) => Promise<Buffer | null>,
  { key, encryption, header }: { key: Buffer; encryption: Encryption; header: Buffer },
): AsyncGenerator<Buffer> {
  for (let number = 0, next = await readChunk(read, 0); next; number += 1) {
    const sealed = next;
    next = await readChunk(read, number + 1);
    const nonce = nonceOf(encryption, number, next === null);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
    decipher.setAAD(header);
    decipher.setAuthTag(sealed.subarray(-TAG));
    try {
      yield Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
    } catch {
      throw new SealBroken(number);
    }
  }
}

async function readChunk(
  read: (bytes: number) => Promise<Buffer | null>,
  number: number,
): Promise<Buffer | null> {
  const length = (await read(4))?.readUInt32BE();
  if (length === undefined) return null;
  if (length < TAG || length > BACKUP.chunkBytes + TAG) throw new SealBroken(number);
  const sealed = await read(length);
  if (sealed === null) throw new SealBroken(number);
  return sealed;
}

function nonceOf({ nonce }: Encryption, number: number, isLast: boolean): Buffer {
  const whole = Buffer.alloc(12);
  Buffer.from(nonce, 'base64url').copy(whole);
  whole.writeUInt32BE(number, 7);
  whole[11] = isLast ? 1 : 0;
  return whole;
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.byteLength);
  return length;
}
