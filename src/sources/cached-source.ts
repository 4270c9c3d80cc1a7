import { throwIfCancelled } from '../errors.ts';
import type { FactRequest, FactResult, LiveSource } from './source-contracts.ts';
import { untilAborted } from './until-aborted.ts';

export interface CacheOptions {
  /** How long a reading may be served again; 0: never. */
  seconds: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Readings kept; the one used longest ago goes first. */
  mostEntries?: number;
}

interface Flight {
  result: Promise<FactResult>;
  controller: AbortController;
  waiting: number;
}

/** A few megabytes at most: a fact has some hundred bytes, an order a few thousand. */
const MOST_ENTRIES = 2_000;

/**
 * Serves a reading again while it is young enough, with the time it was first read. Equal requests in
 * flight are read once; that reading is given up when all who wait for it have left. Failures are not kept.
 */
export function cacheSource(source: LiveSource, options: CacheOptions): LiveSource {
  const { seconds, now = Date.now, mostEntries = MOST_ENTRIES } = options;
  const kept = new Map<string, { result: FactResult; at: number }>();
  const flights = new Map<string, Flight>();

  const fresh = (key: string): FactResult | null => {
    const entry = kept.get(key);
    if (entry === undefined) return null;
    kept.delete(key);
    const age = now() - entry.at;
    // A negative age: the clock was set back, and nobody knows how old this is.
    if (age < 0 || age >= seconds * 1000) return null;
    kept.set(key, entry);
    return entry.result;
  };
  const keep = (key: string, result: FactResult, at: number): void => {
    if (seconds === 0 || result.outcome === 'failed') return;
    kept.delete(key);
    kept.set(key, { result, at });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostEntries) break;
      kept.delete(oldest);
    }
  };
  const start = (key: string, request: FactRequest): Flight => {
    const controller = new AbortController();
    const at = now();
    const result = source.read(request, { signal: controller.signal });
    const flight = { result, controller, waiting: 0 };
    flights.set(key, flight);
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    result.then((value) => keep(key, value, at)).then(land, land);
    return flight;
  };

  return {
    name: source.name,
    kinds: source.kinds,
    read: async (request, { signal }) => {
      throwIfCancelled(signal);
      const key = `${request.kind}:${request.key}`;
      const again = fresh(key);
      if (again !== null) return again;
      const flight = flights.get(key) ?? start(key, request);
      flight.waiting += 1;
      try {
        return await untilAborted(flight.result, signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort(signal.reason);
        }
      }
    },
    close: () => source.close(),
  };
}
