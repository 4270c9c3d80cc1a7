import type { Spread } from './bench-types.ts';

export function spreadOf(values: readonly number[], digits = 2): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return {
    min: round(sorted[0] ?? 0, digits),
    median: round(median, digits),
    max: round(sorted.at(-1) ?? 0, digits),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export async function timed<Result>(
  work: () => Result | Promise<Result>,
): Promise<{ result: Result; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
