import robotsParser from 'robots-parser';
import { AnswerboxError, hasCode, reasonOf } from '../../errors.ts';
import { CRAWL } from './crawl-settings.ts';
import type { PageFetcher } from './fetch-page.ts';

/** What a site's robots.txt says (RFC 9309). */
export interface SiteRules {
  isAllowed(url: string): boolean;
  /** Milliseconds between two requests; 0 when it asks for none. */
  delayMs: number;
  sitemaps: string[];
}

export interface SiteRulesReader {
  /** @throws robots_unreadable, page_address_refused, cancelled */
  rulesOf(url: string, signal: AbortSignal): Promise<SiteRules>;
}

const OPEN: SiteRules = { isAllowed: () => true, delayMs: 0, sitemaps: [] };

/** Reads each site's rules once a day. */
export function createSiteRules(fetcher: PageFetcher, now: () => number = Date.now): SiteRulesReader {
  const known = new Map<string, { rules: Promise<SiteRules>; at: number }>();
  return {
    rulesOf(url, signal) {
      const { origin } = new URL(url);
      const cached = known.get(origin);
      if (cached && now() - cached.at < CRAWL.robotsHours * 3_600_000) return cached.rules;
      const rules = readRules(`${origin}/robots.txt`, fetcher, signal);
      known.set(origin, { rules, at: now() });
      rules.catch((error: unknown) => {
        if (hasCode(error, 'cancelled')) known.delete(origin);
        // Not asked for again by each page: the site may be down.
        else known.set(origin, { rules, at: now() - CRAWL.robotsHours * 3_600_000 + CRAWL.robotsRetryMs });
      });
      return rules;
    },
  };
}

async function readRules(url: string, fetcher: PageFetcher, signal: AbortSignal): Promise<SiteRules> {
  try {
    const text = await readText(url, fetcher, signal);
    return text === null ? OPEN : rulesFrom(url, text);
  } catch (error) {
    if (hasCode(error, 'cancelled') || hasCode(error, 'page_address_refused')) throw error;
    // A site whose rules cannot be read is not read: it may be down because of us.
    throw new AnswerboxError(
      'robots_unreadable',
      { source: new URL(url).origin, reason: reasonOf(error) },
      error,
    );
  }
}

/** Null when there are no rules: any answer of the 400s. */
async function readText(url: string, fetcher: PageFetcher, signal: AbortSignal): Promise<string | null> {
  for (let hop = 0, at = url; hop <= CRAWL.mostRedirects; hop += 1) {
    const page = await fetcher.fetchPage({ url: at, maxBytes: CRAWL.robotsBytes, wants: () => true, signal });
    if (page.bytes) return new TextDecoder().decode(page.bytes);
    if (page.status >= 500) throw new Error(`it answered ${page.status}`);
    if (page.location === null) return null;
    at = page.location;
  }
  return null;
}

function rulesFrom(url: string, text: string): SiteRules {
  // The package's types declare a default export that its CommonJS file does not have.
  const parse = robotsParser as unknown as typeof robotsParser.default;
  const robots = parse(url, text);
  const delay = Math.min(robots.getCrawlDelay(CRAWL.agent) ?? 0, CRAWL.mostDelaySeconds);
  return {
    isAllowed: (page) => robots.isAllowed(page, CRAWL.agent) ?? true,
    delayMs: Math.max(0, delay) * 1000,
    sitemaps: robots.getSitemaps().slice(0, CRAWL.sitemaps),
  };
}
