import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { leadingZeroBits as serverBits } from '../../../src/abuse/proof-of-work.ts';
import { leadingZeroBits, sha256 } from './sha256.ts';

it('is the SHA-256 of every library, at every length around a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const text = 'answerbox'.repeat(23).slice(0, length);
    const hex = [...sha256(text)].map((word) => word.toString(16).padStart(8, '0')).join('');
    expect(hex).toBe(createHash('sha256').update(text).digest('hex'));
  }
});

it('counts the same zero bits as the server', () => {
  for (let nonce = 0; nonce < 500; nonce += 1)
    expect(leadingZeroBits(`challenge.${nonce}`)).toBe(serverBits('challenge', String(nonce)));
});
