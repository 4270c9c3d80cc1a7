import { reasonOf } from '../errors.ts';
import type { KnowledgeChange } from '../stores/contracts.ts';
import { indexSentences, type SentenceIndexTools } from './index-sentences.ts';
import { untilCancelled } from './until-cancelled.ts';

/**
 * Milliseconds without a change before the sentences of new passages are embedded: in the middle of an ingest they
 * would take the models from the passages themselves.
 */
const SETTLED_MS = 3000;

export interface SentenceIndex {
  /** Follows the documents; what was removed went with its passage. */
  apply(change: Pick<KnowledgeChange, 'added'>): Promise<void>;
  /** Brings it up to what the documents hold; at once, and only one run at a time. @throws as indexSentences */
  catchUp(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Follows the documents in the background, while they are at rest: a change ends a run, which goes on after it. */
export function createSentenceIndex(
  tools: SentenceIndexTools & { log: (level: 'warn', message: string) => void },
): SentenceIndex {
  const leaving = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** Of the run that began by itself; it leaves the models to an ingest that goes on. */
  let resting = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  const run = (signal: AbortSignal): Promise<void> => {
    const after = running.then(() => indexSentences(tools, signal)).then(() => undefined);
    running = after.catch(() => undefined);
    return after;
  };
  return {
    apply: ({ added }) => {
      if (added.length === 0 || leaving.signal.aborted) return Promise.resolve();
      clearTimeout(timer);
      resting.abort();
      resting = new AbortController();
      const signal = AbortSignal.any([leaving.signal, resting.signal]);
      timer = setTimeout(() => {
        run(signal).catch((error: unknown) => {
          if (!signal.aborted) tools.log('warn', `sentences: ${reasonOf(error)}`);
        });
      }, SETTLED_MS).unref();
      return Promise.resolve();
    },
    catchUp: (signal) =>
      untilCancelled(run(signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal), signal),
    close: async () => {
      clearTimeout(timer);
      leaving.abort();
      await running;
    },
  };
}
