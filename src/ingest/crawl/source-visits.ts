import { realpath, stat } from 'node:fs/promises';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { JobStore, NewJobItem } from '../../stores/job-contracts.ts';
import type { SiteSettings, SourceRecord, SourceStore } from '../../stores/sync-contracts.ts';
import type { KnowledgeStore } from '../../stores/contracts.ts';
import type { walkSources } from '../read-sources-walk.ts';
import { CRAWL } from './crawl-settings.ts';
import { normaliseAddress } from './page-address.ts';
import { pageItem } from './read-page.ts';
import { visitFolder } from './visit-folder.ts';

export interface NewSite extends Partial<SiteSettings> {
  address: string;
  /** Null: only when asked. Left out: as the settings say. */
  everyHours?: number | null;
}

/** What of a source may be changed; null in the scope takes back what was said. */
export type SourceChange = Partial<SiteSettings> & { everyHours?: number | null };

/** Brings sites and folders up to date: a visit is a job, and only one goes on at a time for each. */
export interface SourceVisits {
  /** @throws site_address_invalid */
  visitSite(site: NewSite): Promise<{ source: SourceRecord; jobId: string }>;
  /** @throws source_unreadable */
  visitFolder(path: string): Promise<{ source: SourceRecord; jobId: string }>;
  visit(source: SourceRecord): Promise<string>;
  /** As it is now; null when it is followed no longer. */
  find(id: string): Promise<SourceRecord | null>;
  /**
   * From the next visit on; what is left out stays.
   * @throws source_not_found, request_invalid for what a folder does not have
   */
  change(id: string, change: SourceChange): Promise<SourceRecord>;
  /** Begins what is due, and notes what has come to its end. */
  tick(now: Date): Promise<void>;
}

export interface SourceVisitsOptions {
  jobs: JobStore;
  sources: SourceStore;
  knowledge: Pick<KnowledgeStore, 'listCollection'>;
  /** Hours between two visits of a site that has no interval of its own; null: only when asked. */
  everyHours: number | null;
  wake: () => void;
  /** Finds the files of a folder; given in tests of disks that fail. */
  walk?: typeof walkSources;
}

export const SITE_DEFAULTS: SiteSettings = {
  depth: CRAWL.depth,
  pages: CRAWL.pages,
  include: [],
  exclude: [],
};

export function createSourceVisits(options: SourceVisitsOptions): SourceVisits {
  const { jobs, sources, knowledge, wake } = options;
  async function visit(source: SourceRecord): Promise<string> {
    const under = source.lastJobId === null ? null : await jobs.getJob(source.lastJobId);
    if (under && under.finishedAt === null) return under.id;
    const items =
      source.kind === 'site' ? await siteItems(source) : await visitFolder(source, knowledge, options.walk);
    const jobId = await jobs.createJob({
      kind: source.kind,
      title: source.address,
      sourceId: source.id,
      items,
    });
    await sources.beginVisit(source.id, jobId);
    wake();
    return jobId;
  }

  /** The start, and every page that was there the last time: so that what is gone is seen to be gone. */
  async function siteItems({ id, address, settings: { scope } }: SourceRecord): Promise<NewJobItem[]> {
    const known = (await sources.listPageUrls(id)).filter((url) => url !== address);
    return [pageItem(address, 0, scope), ...known.map((url) => pageItem(url, 1, scope))];
  }

  return {
    visit,
    find: (id) => sources.getSource(id),
    async visitSite({ address, everyHours, ...settings }) {
      const start = normaliseAddress(address);
      if (start === null)
        throw new AnswerboxError('site_address_invalid', {
          address,
          reason: 'it is no http or https address',
        });
      const source = await sources.putSource({
        kind: 'site',
        address: start,
        settings: { ...SITE_DEFAULTS, ...settings },
        everyHours: everyHours === undefined ? options.everyHours : everyHours,
      });
      return { source, jobId: await visit(source) };
    },
    async visitFolder(path) {
      const folder = await realFolder(path);
      const known = (await sources.listSources()).find(
        ({ kind, address }) => kind === 'folder' && address === folder,
      );
      const { settings, everyHours } = known ?? { settings: SITE_DEFAULTS, everyHours: null };
      const source = await sources.putSource({ kind: 'folder', address: folder, settings, everyHours });
      return { source, jobId: await visit(source) };
    },
    async change(id, { everyHours, scope, ...crawl }) {
      const source = await sources.getSource(id);
      if (!source) throw new AnswerboxError('source_not_found', { id });
      if (source.kind === 'folder' && Object.keys(crawl).length > 0)
        throw new AnswerboxError('request_invalid', {
          reason: `a folder has no ${Object.keys(crawl).join(', ')}: it is read whole`,
        });
      const said =
        scope && Object.keys(scope).length > 0 ? { ...source.settings.scope, ...scope } : undefined;
      await sources.setSettings(id, { ...source.settings, ...crawl, ...(said && { scope: said }) });
      if (everyHours !== undefined) await sources.setInterval(id, everyHours);
      return (await sources.getSource(id))!;
    },
    async tick(now) {
      for (const source of await sources.listSources()) {
        if (source.lastJobId === null || (source.finishedAt ?? '') >= (source.startedAt ?? '')) continue;
        const job = await jobs.getJob(source.lastJobId);
        if (!job || job.finishedAt !== null) await sources.endVisit(source.id);
      }
      for (const source of await sources.listDue(now.toISOString())) await visit(source);
    },
  };
}

/** @throws source_unreadable when it is no folder */
export async function realFolder(path: string): Promise<string> {
  try {
    const folder = await realpath(path);
    if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder');
    return folder;
  } catch (error) {
    throw new AnswerboxError('source_unreadable', { source: path, reason: reasonOf(error) }, error);
  }
}
