import { setTimeout as wait } from 'node:timers/promises';
import { Agent, buildConnector, fetch, type Response } from 'undici';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../../errors.ts';
import { refuseOffline } from '../../outbound/outbound-switch.ts';
import type { AddressGuard } from './address-guard.ts';
import { CRAWL } from './crawl-settings.ts';
import { readBody } from './read-body.ts';

export interface FetchedPage {
  status: number;
  /** Where a redirect leads; null when there is none, or it leads to no HTTP address. */
  location: string | null;
  /** As in the header, lower case, without parameters; '' when it is missing. */
  mediaType: string;
  charset: string | null;
  etag: string | null;
  lastModified: string | null;
  /** X-Robots-Tag. */
  robots: string;
  /** Null unless the status is 200 and the type was wanted. */
  bytes: Uint8Array | null;
}

export interface FetchRequest {
  url: string;
  maxBytes: number;
  etag?: string | null;
  lastModified?: string | null;
  /** False: the body is not read. */
  wants: (mediaType: string) => boolean;
  signal: AbortSignal;
}

export interface PageFetcher {
  /**
   * One GET, no redirect followed; what may pass is tried again.
   * @throws page_unreachable, page_too_large, page_too_slow, page_address_refused, cancelled
   */
  fetchPage(request: FetchRequest): Promise<FetchedPage>;
  close(): Promise<void>;
}

const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

export function createPageFetcher(guard: AddressGuard): PageFetcher {
  const agent = new Agent({
    headersTimeout: CRAWL.headersMs,
    bodyTimeout: CRAWL.headersMs,
    maxHeaderSize: 32_768,
    connect: (options, callback) => {
      const { hostname, port, protocol } = options;
      const number = port || (protocol === 'https:' ? '443' : '80');
      try {
        guard.checkLiteral(hostname, number);
      } catch (error) {
        callback(error as Error, null);
        return;
      }
      const lookup = guard.lookupFor(hostname, number);
      buildConnector({ timeout: CRAWL.connectMs, lookup })(options, callback);
    },
  });

  async function once(request: FetchRequest): Promise<FetchedPage & { retryAfter: number | null }> {
    refuseOffline('crawl', new URL(request.url).host);
    const limit = AbortSignal.timeout(CRAWL.pageMs);
    const stop = new AbortController();
    const signal = AbortSignal.any([request.signal, limit, stop.signal]);
    try {
      const response = await fetch(request.url, {
        dispatcher: agent,
        redirect: 'manual',
        headers: headersOf(request),
        signal,
      });
      return await readResponse(response, request);
    } catch (error) {
      throwIfCancelled(request.signal);
      if (limit.aborted)
        throw new AnswerboxError(
          'page_too_slow',
          { source: request.url, seconds: CRAWL.pageMs / 1000 },
          error,
        );
      throw asPageError(error, request.url);
    } finally {
      // What was not read is given up, so that a server that goes on sending is cut off.
      stop.abort();
    }
  }

  return {
    async fetchPage(request) {
      for (let attempt = 0, pause: number = CRAWL.retryMs; ; attempt += 1, pause *= 2) {
        throwIfCancelled(request.signal);
        try {
          const { retryAfter, ...page } = await once(request);
          if (!TRY_AGAIN.has(page.status) || attempt === CRAWL.retries) return page;
          pause = Math.max(pause, Math.min(retryAfter ?? 0, CRAWL.mostRetryAfterMs));
        } catch (error) {
          const passing = error instanceof AnswerboxError && error.code === 'page_unreachable';
          if (!passing || attempt === CRAWL.retries) throw error;
        }
        await wait(pause, undefined, { signal: request.signal }).catch(() => undefined);
      }
    },
    close: () => agent.close(),
  };
}

function headersOf({ etag, lastModified }: FetchRequest): Record<string, string> {
  return {
    'user-agent': CRAWL.userAgent,
    accept: 'text/html, application/xhtml+xml, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.5',
    ...(etag && { 'if-none-match': etag }),
    ...(lastModified && { 'if-modified-since': lastModified }),
  };
}

async function readResponse(
  response: Response,
  { url, maxBytes, wants }: FetchRequest,
): Promise<FetchedPage & { retryAfter: number | null }> {
  const header = (name: string): string | null => response.headers.get(name);
  const type = header('content-type') ?? '';
  const mediaType = type.split(';')[0]!.trim().toLowerCase();
  const isRead = response.status === 200 && wants(mediaType);
  const seconds = Number(header('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    location: locationOf(header('location'), url),
    mediaType,
    charset: /charset="?([\w-]+)/i.exec(type)?.[1]?.toLowerCase() ?? null,
    etag: header('etag'),
    lastModified: header('last-modified'),
    robots: header('x-robots-tag') ?? '',
    bytes: isRead ? await readBody(response, maxBytes, url) : null,
    retryAfter: Number.isFinite(seconds) ? seconds * 1000 : null,
  };
}

function locationOf(location: string | null, from: string): string | null {
  if (location === null || !URL.canParse(location, from)) return null;
  const url = new URL(location, from);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** undici hides what went wrong in `cause`. */
function asPageError(error: unknown, source: string): AnswerboxError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof AnswerboxError)
      return at.code === 'page_address_refused'
        ? new AnswerboxError('page_address_refused', { ...at.details, source }, at)
        : at;
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { code?: unknown } | null)?.code;
  const timeouts = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'];
  if (typeof code === 'string' && timeouts.includes(code))
    return new AnswerboxError('page_too_slow', { source, seconds: CRAWL.headersMs / 1000 }, error);
  const reason = typeof code === 'string' ? code : reasonOf(cause);
  return new AnswerboxError('page_unreachable', { source, reason }, error);
}
