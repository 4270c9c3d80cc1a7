import { AnswerboxError, throwIfCancelled } from '../errors.ts';

/** The reason of a signal that was raised because the time was up, not because the asker left. */
export function tooSlow(): DOMException {
  return new DOMException('too slow', 'TimeoutError');
}

export function isTooSlow(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

/**
 * The promise, or `cancelled` as soon as the signal is raised: work that does not listen is left behind,
 * and how it ends is ignored.
 * @throws cancelled
 */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  work.catch(() => undefined);
  throwIfCancelled(signal);
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new AnswerboxError('cancelled', {}, signal.reason));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
