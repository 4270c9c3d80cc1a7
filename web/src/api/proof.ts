import { leadingZeroBits } from '../proof/sha256.ts';
import { ApiError } from './api-error.ts';
import { requestJson } from './request.ts';

export interface Proof {
  challenge: string;
  nonce: string;
}

/** Milliseconds of one slice of work: short enough that the page stays quick. */
const SLICE_MS = 12;

/** Does what needs a proof of work where the server's owner turned that on; the work only where it is asked for. */
export async function withProof<Result>(work: (proof?: Proof) => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!needsProof(error)) throw error;
    return work(await makeProof());
  }
}

export function needsProof(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'proof_needed';
}

/**
 * Solves a challenge in slices: a policy of the page may forbid workers, and browsers have no SHA-256 of their own
 * on pages without TLS.
 */
export async function makeProof(signal?: AbortSignal): Promise<Proof> {
  const { challenge, bits } = await requestJson<{ challenge: string; bits: number }>('/api/v1/challenge');
  for (let tried = 0; ;) {
    signal?.throwIfAborted();
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      for (let count = 0; count < 50; count += 1, tried += 1) {
        const nonce = tried.toString(36);
        if (leadingZeroBits(`${challenge}.${nonce}`) >= bits) return { challenge, nonce };
      }
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}
