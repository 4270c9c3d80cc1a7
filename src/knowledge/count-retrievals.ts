import { reasonOf } from '../errors.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import type { HealthStore } from '../stores/health-contracts.ts';

/** Milliseconds over which counts are gathered before they are written: a crash loses no more. */
const FLUSH_MS = 30_000;

/**
 * The knowledge as the question path sees it, counting on the way which passages are candidates. Nothing is written
 * while a question is answered.
 */
export function countRetrievals(
  knowledge: KnowledgeStore,
  health: Pick<HealthStore, 'addRetrievals'>,
  log: (level: 'warn', message: string) => void,
): { knowledge: KnowledgeStore; flush: () => Promise<void>; close: () => Promise<void> } {
  let counts = new Map<number, number>();
  let questions = 0;
  const flush = async (): Promise<void> => {
    if (questions === 0) return;
    const [seen, asked] = [counts, questions];
    [counts, questions] = [new Map(), 0];
    await health
      .addRetrievals(seen, asked)
      .catch((error: unknown) => log('warn', `retrieval counts: ${reasonOf(error)}`));
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();
  return {
    knowledge: {
      ...knowledge,
      getChunks: (ids) => {
        questions += 1;
        for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
        return knowledge.getChunks(ids);
      },
    },
    flush,
    close: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}
