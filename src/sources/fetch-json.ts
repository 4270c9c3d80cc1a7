import { hasCode, throwIfCancelled } from '../errors.ts';
import { refuseOffline } from '../outbound/outbound-switch.ts';
import { HTTP_SETTINGS } from './http-settings.ts';
import { readJsonBody } from './read-json-body.ts';
import { SourceFault } from './source-fault.ts';

export interface JsonRequest {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** As in `URL.host`: with the port where it is not the usual one. */
  allowedHosts: ReadonlySet<string>;
  maxBytes: number;
  timeLimitMs: number;
  signal: AbortSignal;
}

const ACCEPT = { accept: 'application/json' };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** The source knows no such product or order. */
const MISSING = new Set([404, 410]);
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * One GET, redirects included, within the time limit. Null when there is no such thing (404, 410).
 * Unread bodies are given up, so that a server that goes on sending is cut off.
 * @throws SourceFault, cancelled
 */
export async function fetchJson(request: JsonRequest): Promise<{ body: unknown } | null> {
  throwIfCancelled(request.signal);
  const limit = AbortSignal.timeout(request.timeLimitMs);
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, limit, stop.signal]);
  try {
    refuseOffline('live source', request.url.host);
    const response = await follow(request, signal);
    if (MISSING.has(response.status)) return null;
    if (response.status !== 200)
      throw new SourceFault(`it answered ${response.status}`, { retry: TRY_AGAIN.has(response.status) });
    return { body: await readJsonBody(response, request.maxBytes) };
  } catch (error) {
    if (error instanceof SourceFault) throw error;
    if (hasCode(error, 'offline')) throw new SourceFault(error.message, { cause: error });
    throwIfCancelled(request.signal);
    if (limit.aborted)
      throw new SourceFault(`no answer within ${request.timeLimitMs} ms`, { retry: true, cause: error });
    throw new SourceFault(`it could not be reached (${networkCode(error)})`, { retry: true, cause: error });
  } finally {
    stop.abort();
  }
}

async function follow(request: JsonRequest, signal: AbortSignal): Promise<Response> {
  let { url } = request;
  let headers = { ...ACCEPT, ...request.headers };
  for (let hop = 0; hop <= HTTP_SETTINGS.mostRedirects; hop += 1) {
    if (!request.allowedHosts.has(url.host)) throw new SourceFault(`the host ${url.host} is not allowed`);
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    if (!REDIRECTS.has(response.status)) return response;
    const next = nextUrl(response.headers.get('location'), url);
    // Another host has no business with this one's secrets.
    if (next.origin !== url.origin) headers = ACCEPT;
    url = next;
  }
  throw new SourceFault(`it redirected more than ${HTTP_SETTINGS.mostRedirects} times`);
}

function nextUrl(location: string | null, from: URL): URL {
  const next = location === null || !URL.canParse(location, from.href) ? null : new URL(location, from);
  if (next === null || (next.protocol !== 'http:' && next.protocol !== 'https:'))
    throw new SourceFault('it redirected to no HTTP address');
  if (from.protocol === 'https:' && next.protocol === 'http:')
    throw new SourceFault('it redirected from HTTPS to HTTP');
  if (next.username !== '' || next.password !== '')
    throw new SourceFault('it redirected to an address with a password');
  return next;
}

/** "ECONNREFUSED", not the whole message: that may quote headers. */
function networkCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'network failure';
}
