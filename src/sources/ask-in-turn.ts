import { reasonOf, throwIfCancelled } from '../errors.ts';
import type { FactRequest, FactResult, LiveSource } from './source-contracts.ts';
import { isTooSlow, tooSlow, untilAborted } from './until-aborted.ts';

/**
 * Part of the time left, 0…1, that a source has to itself before the next one is asked beside it: one that hangs
 * must leave the others time to answer, and one that answers must not cost them a request.
 */
const OWN_SHARE = 0.6;

export const TOO_SLOW: FactResult = { outcome: 'failed', reason: 'too slow' };

/** One source that was asked, for the trace; `failed` also when a later source knew. */
export interface TriedSource {
  request: FactRequest;
  source: string;
  result: FactResult;
  /** Milliseconds. */
  took: number;
}

interface Asked {
  name: string;
  result: FactResult | null;
  done: Promise<void>;
  /** Its share is used up: what a later source knows is believed from now on. */
  late: boolean;
}

/**
 * Asks the sources in their order until one knows; the next as soon as one has nothing to tell, or beside it when
 * its share of the budget is used up. Whoever is still asked when it is known is told to stop.
 * @param budgetMs for all of them together; @param signal ends it after that time, or when the asker leaves
 * @throws cancelled when the asker left
 */
export async function askInTurn(
  request: FactRequest,
  sources: readonly LiveSource[],
  { budgetMs, signal }: { budgetMs: number; signal: AbortSignal },
  onTried: (tried: TriedSource) => void,
): Promise<FactResult> {
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const asked: Asked[] = [];
  let leftMs = budgetMs;
  try {
    for (const [place, source] of sources.entries()) {
      const one = startAsking(source, request, until, onTried);
      asked.push(one);
      const shareMs = leftMs * (place === sources.length - 1 ? 1 : OWN_SHARE);
      leftMs -= shareMs;
      const known = await knownWithin(asked, one, shareMs);
      if (known) return known;
      if (signal.aborted) break;
    }
    // All are asked by now: the last one, or one that was late, may still know.
    while (!signal.aborted && asked.some(isOpen)) {
      await Promise.race(asked.filter(isOpen).map(({ done }) => done));
      const known = whatIsKnown(asked);
      if (known) return known;
    }
    throwUnlessTooSlow(signal);
    // A source that failed may have known: only when all of them answered is it unknown.
    if (signal.aborted) return TOO_SLOW;
    return asked.find(({ result }) => result?.outcome === 'failed')?.result ?? { outcome: 'unknown' };
  } finally {
    enough.abort(tooSlow());
    await Promise.allSettled(asked.map(({ done }) => done));
  }
}

const isOpen = ({ result }: Asked): boolean => result === null;

/** Waits for this one until its share is used up; any that is found ends the wait. */
async function knownWithin(
  asked: readonly Asked[],
  last: Asked,
  shareMs: number,
): Promise<FactResult | null> {
  let timer: NodeJS.Timeout | undefined;
  const share = new Promise<void>((resolve) => (timer = setTimeout(resolve, shareMs))).then(
    () => void (last.late = true),
  );
  try {
    while (isOpen(last) && !last.late) {
      await Promise.race([share, ...asked.filter(isOpen).map(({ done }) => done)]);
      const known = whatIsKnown(asked);
      if (known) return known;
    }
    return whatIsKnown(asked);
  } finally {
    clearTimeout(timer);
  }
}

/** The first that knows, when all before it have answered or had their time; null while that is open. */
function whatIsKnown(asked: readonly Asked[]): FactResult | null {
  const unasked: string[] = [];
  for (const { name, result, late } of asked) {
    if (result?.outcome === 'found') return unasked.length === 0 ? result : { ...result, insteadOf: unasked };
    if (result === null && !late) return null;
    if (result === null || result.outcome === 'failed') unasked.push(name);
  }
  return null;
}

function startAsking(
  source: LiveSource,
  request: FactRequest,
  signal: AbortSignal,
  onTried: (tried: TriedSource) => void,
): Asked {
  const started = performance.now();
  const ask = async (): Promise<void> => {
    const result = await askSource(source, request, signal);
    one.result = result;
    onTried({ request, source: source.name, result, took: performance.now() - started });
  };
  const one: Asked = { name: source.name, result: null, late: false, done: Promise.resolve() };
  one.done = ask();
  // Who leaves throws in all of them at once, and one of them tells it.
  one.done.catch(() => undefined);
  return one;
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
export function throwUnlessTooSlow(signal: AbortSignal): void {
  if (!isTooSlow(signal.reason)) throwIfCancelled(signal);
}
