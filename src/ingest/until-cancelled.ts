import { throwIfCancelled } from '../errors.ts';

/**
 * What the work comes to; whoever waits leaves when the signal is raised, though the work, which others wait for too,
 * goes on. @throws cancelled, and what the work throws
 */
export async function untilCancelled<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return work;
  let leave = (): void => undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    leave = () => {
      try {
        throwIfCancelled(signal);
      } catch (error) {
        reject(error);
      }
    };
    leave();
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
