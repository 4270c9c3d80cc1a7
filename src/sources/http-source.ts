import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { hasCode, reasonOf, throwIfCancelled } from '../errors.ts';
import type { FactFields } from './fact-fields.ts';
import { fetchJson } from './fetch-json.ts';
import { fillUrl } from './fill-url.ts';
import { HTTP_SETTINGS } from './http-settings.ts';
import { lookupIn } from './lookup-path.ts';
import { mapFact } from './map-fact.ts';
import type { FactKind, FactRequest, FactResult, LiveSource } from './source-contracts.ts';
import { SourceFault } from './source-fault.ts';
import { isTooSlow, untilAborted } from './until-aborted.ts';

export interface HttpSourceOptions {
  name: string;
  kinds: readonly FactKind[];
  /** With `{key}`; checked by whyBadTemplate before. */
  url: string;
  fields: FactFields;
  /** Values as they are sent, secrets put in: never logged, never in a reason. */
  headers?: Readonly<Record<string, string>>;
  /** As in `URL.host`. */
  allowedHosts: readonly string[];
  timeLimitMs?: number;
  retries?: number;
  maxBytes?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** 0…1, for the pauses between tries. */
  random?: () => number;
}

/** Facts from a shop's own JSON API, asked by GET. */
export function createHttpSource(options: HttpSourceOptions): LiveSource {
  const { name, kinds, fields, now = Date.now } = options;
  const policy = createPolicy(options);
  const allowedHosts = new Set(options.allowedHosts);

  const ask = async (request: FactRequest, signal: AbortSignal): Promise<FactResult> => {
    const url = fillUrl(options.url, request.key);
    if (url === null) return { outcome: 'unknown' };
    const reply = await policy.execute(
      (context) =>
        fetchJson({
          url,
          headers: options.headers ?? {},
          allowedHosts,
          maxBytes: options.maxBytes ?? HTTP_SETTINGS.maxBytes,
          timeLimitMs: options.timeLimitMs ?? HTTP_SETTINGS.timeLimitMs,
          signal: context.signal,
        }),
      signal,
    );
    if (reply === null) return { outcome: 'unknown' };
    const readAt = new Date(now()).toISOString();
    return mapFact(request, fields, lookupIn(reply.body), { source: name, readAt });
  };

  return {
    name,
    kinds,
    read: async (request, { signal }) => {
      throwIfCancelled(signal);
      try {
        // A pause between tries does not listen to the signal: it is left behind.
        return await untilAborted(ask(request, signal), signal);
      } catch (error) {
        throwIfCancelled(signal);
        return { outcome: 'failed', reason: explain(error) };
      }
    },
    close: async () => undefined,
  };
}

function createPolicy({ retries, random = Math.random }: HttpSourceOptions): IPolicy {
  const { firstPauseMs, mostPauseMs, failuresUntilRest, restMs } = HTTP_SETTINGS;
  const tries = retry(
    handleWhen((error) => error instanceof SourceFault && error.retry),
    {
      maxAttempts: retries ?? HTTP_SETTINGS.retries,
      backoff: new ExponentialBackoff<number>({
        generator: (pause = firstPauseMs) => [random() * pause, Math.min(2 * pause, mostPauseMs)],
      }),
    },
  );
  const rest = circuitBreaker(handleWhen(isSourcesFault), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failuresUntilRest),
  });
  return wrap(tries, rest);
}

/** An asker who leaves is not the source's fault; one whose time was up is. */
function isSourcesFault(error: unknown): boolean {
  return error instanceof SourceFault || (hasCode(error, 'cancelled') && isTooSlow(error.cause));
}

function explain(error: unknown): string {
  return error instanceof BrokenCircuitError
    ? `it failed ${HTTP_SETTINGS.failuresUntilRest} times in a row and rests for ${HTTP_SETTINGS.restMs} ms`
    : reasonOf(error);
}
