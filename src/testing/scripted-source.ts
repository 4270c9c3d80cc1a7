import type { FactKind, FactRequest, FactResult, LiveSource } from '../sources/source-contracts.ts';

export interface ScriptedSource extends LiveSource {
  /** What was asked so far, with its signal. */
  asked: { request: FactRequest; signal: AbortSignal }[];
}

/** A source in memory that answers as the test says; `read` may also hang or throw. */
export function scriptedSource(
  name: string,
  read: (request: FactRequest, signal: AbortSignal) => Promise<FactResult>,
  kinds: readonly FactKind[] = ['price', 'stock'],
): ScriptedSource {
  const asked: ScriptedSource['asked'] = [];
  return {
    name,
    kinds,
    asked,
    read: (request, { signal }) => {
      asked.push({ request, signal });
      return read(request, signal);
    },
    close: async () => undefined,
  };
}

export function stockOf(
  stock: number,
  { key = 'A1', source = 'one', readAt = '2026-11-21T12:00:00.000Z' } = {},
): FactResult {
  return { outcome: 'found', fact: { kind: 'stock', key, source, readAt, stock } };
}

/** A promise that the test settles. */
export function deferred<Result>(): { promise: Promise<Result>; resolve: (result: Result) => void } {
  let resolve: (result: Result) => void = () => undefined;
  const promise = new Promise<Result>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
