import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AnswerboxError } from '../errors.ts';
import { keyIdOf, SEALED, type FieldCipher } from '../stores/cipher-contracts.ts';

/** Bytes of GCM's nonce and tag, as NIST SP 800-38D recommends. */
const NONCE = 12;
const TAG = 16;
const HEADER = SEALED.mark.length + SEALED.idBytes;

interface Key {
  id: string;
  bytes: Buffer;
}

export interface KeyRing {
  /** Each of 32 random bytes; the first one seals, all of them open. */
  keys: readonly Buffer[];
  /** Whether the first one is of the owner's, not made by this program beside the data. */
  isOwners: boolean;
  /** Where they came from, for messages. */
  from: string;
}

/**
 * AES-256-GCM: mark, key id, random nonce, ciphertext, tag. Mark, id and place are authenticated, so that a value
 * that was changed, or moved to another row, opens nowhere. Key and id follow from the secret by HKDF (RFC 5869).
 */
export function createFieldCipher({ keys, isOwners, from }: KeyRing): FieldCipher {
  const ring = keys.map(keyFrom);
  const byId = new Map(ring.map((key) => [key.id, key.bytes]));
  const current = ring[0] ?? null;
  return {
    current: current?.id ?? null,
    sealsContent: isOwners,
    has: (id) => byId.has(id),
    seal: (plain, place) => {
      if (current === null) throw missing('none', from);
      const header = Buffer.concat([SEALED.mark, Buffer.from(current.id, 'hex')]);
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce);
      cipher.setAAD(Buffer.concat([header, Buffer.from(place)]));
      return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open: (value, place) => {
      const sealed = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      const id = keyIdOf(sealed) ?? 'unreadable';
      const key = byId.get(id);
      if (!key) throw missing(id, from);
      const header = sealed.subarray(0, HEADER);
      const body = sealed.subarray(HEADER + NONCE, -TAG);
      try {
        const nonce = sealed.subarray(HEADER, HEADER + NONCE);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
        decipher.setAAD(Buffer.concat([header, Buffer.from(place)]));
        decipher.setAuthTag(sealed.subarray(-TAG));
        return Buffer.concat([decipher.update(body), decipher.final()]);
      } catch (error) {
        throw new AnswerboxError('sealed_value_damaged', { place: place.split(':')[0]! }, error);
      }
    },
  };
}

function keyFrom(secret: Buffer): Key {
  const derive = (info: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `answerbox ${info} v1`, bytes));
  return { id: derive('key id', SEALED.idBytes).toString('hex'), bytes: derive('field encryption', 32) };
}

const missing = (id: string, from: string): AnswerboxError =>
  new AnswerboxError('encryption_key_missing', { id, from });
