import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyIdOf } from '../stores/cipher-contracts.ts';
import { createFieldCipher } from './field-cipher.ts';

const ring = (...keys: Buffer[]) => createFieldCipher({ keys, isOwners: true, from: 'a test' });

describe('a sealed value', () => {
  it('opens with its key in its place, and is never the same twice', () => {
    const cipher = ring(randomBytes(32));
    for (const plain of [Buffer.alloc(0), Buffer.from('JBSWY3DPEHPK3PXP'), randomBytes(100_000)]) {
      const [one, other] = [cipher.seal(plain, 'users.secret:1'), cipher.seal(plain, 'users.secret:1')];
      expect(one.equals(other)).toBe(false);
      expect(cipher.open(one, 'users.secret:1').equals(plain)).toBe(true);
      expect(keyIdOf(one)).toBe(cipher.current);
      expect(() => cipher.open(one, 'users.secret:2')).toThrow(
        expect.objectContaining({
          code: 'sealed_value_damaged',
          message: expect.not.stringContaining(':2') as string,
        }),
      );
    }
  });

  it('is refused when any of its bits was changed, cut or added to', () => {
    const cipher = ring(randomBytes(32));
    const sealed = cipher.seal(Buffer.from('a secret'), 'place');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => cipher.open(changed, 'place'), `bit ${bit}`).toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => cipher.open(sealed.subarray(0, length), 'place')).toThrow();
    expect(() => cipher.open(Buffer.concat([sealed, Buffer.alloc(1)]), 'place')).toThrow();
  });

  it('opens with an older key of the ring, and says which one is lacking', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const before = ring(old);
    const sealed = before.seal(Buffer.from('x'), 'p');
    const both = ring(fresh, old);
    expect(both.current).not.toBe(before.current);
    expect(both.open(sealed, 'p').toString()).toBe('x');
    expect(() => ring(fresh).open(sealed, 'p')).toThrow(
      expect.objectContaining({
        code: 'encryption_key_missing',
        message: expect.stringContaining(before.current!) as string,
      }),
    );
  });
});
