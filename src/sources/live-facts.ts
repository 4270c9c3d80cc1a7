import { setMaxListeners } from 'node:events';
import { throwIfCancelled } from '../errors.ts';
import { askInTurn, TOO_SLOW, type TriedSource } from './ask-in-turn.ts';
import type { FactRequest, FactResult, LiveSource } from './source-contracts.ts';
import { tooSlow } from './until-aborted.ts';

export interface LiveFactsOptions {
  /** Told of every source that was asked, for the trace. */
  onTried?: (tried: TriedSource) => void;
  /** Milliseconds for all requests together: what has not come by then is failed as 'too slow'. */
  budgetMs: number;
}

export interface ReadFactsOptions {
  signal: AbortSignal;
  onTried?: (tried: TriedSource) => void;
}

export interface LiveFacts {
  /**
   * All requests at once, each of its sources in order until one knows ({@link askInTurn}). Keys are {@link factKeyOf} the
   * requests; equal requests are read once. Unknown only when every source answered and none had it.
   * @throws cancelled
   */
  read(requests: readonly FactRequest[], options: ReadFactsOptions): Promise<Map<string, FactResult>>;
  close(): Promise<void>;
}

export function factKeyOf({ kind, key }: FactRequest): string {
  return `${kind}:${key}`;
}

export function createLiveFacts(
  sources: readonly LiveSource[],
  { budgetMs, onTried: always }: LiveFactsOptions,
): LiveFacts {
  return {
    read: async (requests, { signal, onTried }) => {
      throwIfCancelled(signal);
      const unique = new Map(requests.map((request) => [factKeyOf(request), request]));
      const budget = new AbortController();
      const timer = setTimeout(() => budget.abort(tooSlow()), budgetMs);
      const both = AbortSignal.any([signal, budget.signal]);
      // Every request listens, and many are read at once.
      setMaxListeners(0, both);
      try {
        const results = await Promise.all(
          [...unique.values()].map((request) =>
            askInTurn(
              request,
              sources.filter(({ kinds }) => kinds.includes(request.kind)),
              { budgetMs, signal: both },
              (tried) => {
                always?.(tried);
                onTried?.(tried);
              },
            ),
          ),
        );
        throwIfCancelled(signal);
        return new Map([...unique.keys()].map((key, index) => [key, results[index] ?? TOO_SLOW]));
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      await Promise.allSettled(sources.map((source) => source.close()));
    },
  };
}
