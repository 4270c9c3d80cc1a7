import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AnswerboxError } from '../errors.ts';
import { ABUSE } from './abuse-settings.ts';

/** What is to be solved: a nonce so that SHA-256 of `challenge.nonce` begins with so many zero bits. */
export interface Challenge {
  challenge: string;
  bits: number;
  /** ISO 8601, UTC. */
  expires_at: string;
}

export interface Proof {
  challenge: string;
  nonce: string;
}

export interface ProofOfWork {
  issue(): Challenge;
  /** Counts the proof as used. @throws proof_needed when there is none, or it is wrong, too old or used */
  take(proof: Proof | undefined): void;
}

/**
 * Hashcash for anonymous visitors (http://www.hashcash.org/papers/hashcash.pdf). A challenge is signed, so nothing
 * is stored for one that nobody solves; the key is this run's own, so that what was used before a restart cannot be
 * used after it.
 */
export function createProofOfWork(bits: number, now: () => number = Date.now): ProofOfWork {
  const key = randomBytes(32);
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  /** Used challenges until they expire: each one cost its sender the work. */
  const used = new Map<string, number>();

  const refuse = (reason: string): never => {
    throw new AnswerboxError('proof_needed', { reason });
  };
  return {
    issue: () => {
      const expires = now() + ABUSE.challengeMs;
      const text = `${randomBytes(ABUSE.challengeBytes).toString('base64url')}.${expires}.${bits}`;
      return {
        challenge: `${text}.${sign(text).toString('base64url')}`,
        bits,
        expires_at: new Date(expires).toISOString(),
      };
    },
    take: (proof) => {
      if (!proof) return refuse('there is none');
      const { challenge, nonce } = proof;
      const end = challenge.lastIndexOf('.');
      const text = challenge.slice(0, Math.max(0, end));
      const given = Buffer.from(challenge.slice(end + 1), 'base64url');
      const right = sign(text);
      if (given.length !== right.length || !timingSafeEqual(given, right))
        return refuse('the challenge is not from here');
      const expires = Number(text.split('.')[1]);
      if (now() > expires) return refuse('the challenge has expired');
      if (used.has(challenge)) return refuse('the challenge was used before');
      if (leadingZeroBits(challenge, nonce) < bits) return refuse('the nonce does not solve it');
      for (const [old, until] of used) if (until < now()) used.delete(old);
      used.set(challenge, expires);
      return undefined;
    },
  };
}

/** Of SHA-256 over `challenge.nonce`. */
export function leadingZeroBits(challenge: string, nonce: string): number {
  const hash = createHash('sha256').update(`${challenge}.${nonce}`).digest();
  let bits = 0;
  for (const byte of hash) {
    if (byte === 0) {
      bits += 8;
      continue;
    }
    return bits + Math.clz32(byte) - 24;
  }
  return bits;
}
