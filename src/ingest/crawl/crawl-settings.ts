/** What a crawl may cost, us and the site. */
export const CRAWL = {
  /** Who asks, as in robots.txt. */
  agent: 'Answerbox',
  userAgent: 'Answerbox/0.1 (support knowledge crawler)',
  /** Links from the start; 0…100. */
  depth: 8,
  /** Most pages of one crawl; 1…100,000. */
  pages: 2_000,
  /** Requests to one site at once, where its robots.txt asks for no delay; 1…8. */
  concurrent: 4,
  /** Least milliseconds between two requests to one site: at most 600 pages a minute. */
  gapMs: 100,
  /** Longest delay that a site's robots.txt is granted, seconds; one that asks for more is read at this pace. */
  mostDelaySeconds: 120,
  /** Seconds of fetching in one batch: what is fetched becomes searchable after it. */
  batchSeconds: 15,
  batchPages: 16,
  connectMs: 10_000,
  /** Milliseconds until the headers are there, and for the whole page. */
  headersMs: 20_000,
  pageMs: 60_000,
  mostRedirects: 5,
  /** Further tries after a failure that may pass (429, 5xx, a broken line), and the first wait, ms; each wait doubles. */
  retries: 2,
  retryMs: 1_000,
  /** Longest wait that an answer's Retry-After is granted, ms. */
  mostRetryAfterMs: 30_000,
  robotsBytes: 512_000,
  /** Hours after which robots.txt is read again. */
  robotsHours: 24,
  /** Milliseconds after which robots.txt that could not be read is asked for again. */
  robotsRetryMs: 30_000,
  /** Bytes of a sitemap, unpacked, and addresses taken from one. */
  sitemapBytes: 50_000_000,
  sitemapAddresses: 50_000,
  /** Sitemaps of robots.txt that are read. */
  sitemaps: 20,
  /** Traps: longer addresses, the same part more often in a path, and more forms of one path are not followed. */
  addressCharacters: 2_000,
  repeatedPart: 3,
  queriesOfPath: 100,
  /** Links taken from one page. */
  linksOfPage: 2_000,
} as const;
