import type { Readiness } from '../api/owner-types.ts';

/** Ready or not: the route answers either way, with 503 while it is not. */
export async function readReadiness(signal: AbortSignal): Promise<Readiness> {
  return (await (await fetch('/readyz', { signal })).json()) as Readiness;
}
