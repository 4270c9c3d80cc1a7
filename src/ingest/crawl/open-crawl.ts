import type { Config } from '../../config.ts';
import { listOf } from '../../text/list-of.ts';
import { reasonOf } from '../../errors.ts';
import type { JobStore } from '../../stores/job-contracts.ts';
import type { SourceStore } from '../../stores/sync-contracts.ts';
import type { IngestTools } from '../ingest.ts';
import type { walkSources } from '../read-sources-walk.ts';
import type { PageReader } from '../jobs/read-item.ts';
import { createAddressGuard, type AddressGuardOptions } from './address-guard.ts';
import { createPageFetcher } from './fetch-page.ts';
import { createPageReader } from './read-page.ts';
import { createSitePace } from './site-pace.ts';
import { createSiteRules } from './site-rules.ts';
import { createSourceVisits, type SourceVisits } from './source-visits.ts';

/** Milliseconds between two looks at what is due. */
const TICK_MS = 15_000;

export interface Crawl {
  pages: PageReader;
  visits: SourceVisits;
  /** Visits what is due from now on. */
  start(): void;
  close(): Promise<void>;
}

export interface CrawlOptions {
  config: Pick<Config, 'crawl_private_hosts' | 'crawl_every_hours'>;
  jobs: JobStore;
  sources: SourceStore;
  tools: IngestTools;
  wake: () => void;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Name resolution and refused addresses of a test's own. */
  guard?: Partial<AddressGuardOptions>;
  /** A test's own disk. */
  walk?: typeof walkSources;
}

/** Everything that reads sites, put together. */
export function openCrawl({
  config,
  jobs,
  sources,
  tools,
  wake,
  log,
  guard = {},
  walk,
}: CrawlOptions): Crawl {
  const allowedHosts = new Set(listOf(config.crawl_private_hosts.toLowerCase()));
  const fetcher = createPageFetcher(createAddressGuard({ allowedHosts, ...guard }));
  const everyHours = config.crawl_every_hours === 0 ? null : config.crawl_every_hours;
  const visits = createSourceVisits({
    jobs,
    sources,
    knowledge: tools.knowledge,
    everyHours,
    wake,
    ...(walk && { walk }),
  });
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  return {
    visits,
    pages: createPageReader({
      sources,
      tools,
      fetcher,
      rules: createSiteRules(fetcher),
      pace: createSitePace(),
    }),
    start() {
      timer = setInterval(() => {
        ticking = ticking
          .then(() => visits.tick(new Date()))
          .catch((error: unknown) => log('warn', `visits: ${reasonOf(error)}`));
      }, TICK_MS);
      timer.unref();
    },
    async close() {
      clearInterval(timer);
      await ticking;
      await fetcher.close();
    },
  };
}
