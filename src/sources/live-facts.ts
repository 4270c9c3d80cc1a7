import { setMaxListeners } from 'node:events';
import { reasonOf, throwIfCancelled } from '../errors.ts';
import type { FactRequest, FactResult, LiveSource } from './source-contracts.ts';
import { isTooSlow, tooSlow, untilAborted } from './until-aborted.ts';

/** One source that was asked, for the trace; `failed` also when a later source knew. */
export interface TriedSource {
  request: FactRequest;
  source: string;
  result: FactResult;
  /** Milliseconds. */
  took: number;
}

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
   * All requests at once, each of its sources in order until one knows. Keys are {@link factKeyOf} the
   * requests; equal requests are read once. Unknown only when every source answered and none had it.
   * @throws cancelled
   */
  read(requests: readonly FactRequest[], options: ReadFactsOptions): Promise<Map<string, FactResult>>;
  close(): Promise<void>;
}

const TOO_SLOW: FactResult = { outcome: 'failed', reason: 'too slow' };

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
            readOne(request, sources, both, (tried) => {
              always?.(tried);
              onTried?.(tried);
            }),
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

async function readOne(
  request: FactRequest,
  sources: readonly LiveSource[],
  signal: AbortSignal,
  onTried: (tried: TriedSource) => void,
): Promise<FactResult> {
  let failure: FactResult | null = null;
  const failed: string[] = [];
  for (const source of sources.filter(({ kinds }) => kinds.includes(request.kind))) {
    if (signal.aborted) break;
    const started = performance.now();
    const result = await askSource(source, request, signal);
    onTried({ request, source: source.name, result, took: performance.now() - started });
    if (result.outcome === 'found') return failed.length === 0 ? result : { ...result, insteadOf: failed };
    if (result.outcome !== 'failed') continue;
    failure ??= result;
    failed.push(source.name);
  }
  throwUnlessTooSlow(signal);
  // A source that failed may have known: only when all of them answered is it unknown.
  return signal.aborted ? TOO_SLOW : (failure ?? { outcome: 'unknown' });
}

async function askSource(source: LiveSource, request: FactRequest, signal: AbortSignal): Promise<FactResult> {
  try {
    return await untilAborted(source.read(request, { signal }), signal);
  } catch (error) {
    throwUnlessTooSlow(signal);
    return signal.aborted ? TOO_SLOW : { outcome: 'failed', reason: reasonOf(error) };
  }
}

/** @throws cancelled when the asker left; time that ran out is no reason to throw */
function throwUnlessTooSlow(signal: AbortSignal): void {
  if (!isTooSlow(signal.reason)) throwIfCancelled(signal);
}
