import { reasonOf } from '../errors.ts';

/** Documents whose derived parts are to be made again, one after the other, behind everything else. */
export interface Backlog {
  add(ids: Iterable<string>): void;
  /** Begins, if it is not at work; resolves when nothing waits, or after the first failure. */
  work(): Promise<void>;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param refresh makes what belongs to one document; @throws anything: it is told once, and what waits is begun again
 *   with the next change, or the next start
 */
export function createBacklog(
  refresh: (documentId: string, signal: AbortSignal) => Promise<void>,
  onFailure: (reason: string) => void,
): Backlog {
  const waiting = new Set<string>();
  const leaving = new AbortController();
  let running: Promise<void> | null = null;
  const next = async (id: string): Promise<void> => {
    // Before it is begun: a change that comes meanwhile is a new one.
    waiting.delete(id);
    try {
      await refresh(id, leaving.signal);
    } catch (error) {
      waiting.add(id);
      throw error;
    }
  };
  const workOff = async (): Promise<void> => {
    try {
      for (let [id] = waiting; id !== undefined && !leaving.signal.aborted; [id] = waiting) await next(id);
    } catch (error) {
      if (!leaving.signal.aborted) onFailure(reasonOf(error));
    } finally {
      running = null;
    }
  };
  return {
    add: (ids) => {
      for (const id of ids) if (id !== '') waiting.add(id);
    },
    // Not at once: with nothing to do it would be over before it is noted as running.
    work: () => (running ??= Promise.resolve().then(workOff)),
    settled: async () => {
      await running;
    },
    close: async () => {
      leaving.abort();
      await running;
    },
  };
}
