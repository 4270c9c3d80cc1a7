import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSqliteDisabledStore } from '../stores/sqlite/disabled-store.ts';
import { createSqliteUpkeepStore } from '../stores/sqlite/upkeep-store.ts';
import { waitFor } from '../testing/http-client.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { maintain, UPKEEP } from '../upkeep/maintain.ts';
import { openCrawl } from './crawl/open-crawl.ts';
import { createIngestQueue } from './jobs/ingest-queue.ts';
import { removeSource } from './remove-source.ts';
import { setDocumentEnabled } from './set-enabled.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A followed folder of one page for staff, which is switched off, and seven for everybody. */
async function openFolder() {
  const kit = openKnowledgeTools(temporaryFolder());
  const { jobs, sources, tools, database } = kit;
  const { knowledge } = tools;
  const config = { crawl_private_hosts: '', crawl_every_hours: 0 };
  const log = (): void => undefined;
  const crawl = openCrawl({ config, jobs, sources, tools, wake: () => queue.wake(), log });
  const queue = createIngestQueue({ jobs, tools, pages: crawl.pages, log });
  onTestFinished(async () => {
    await queue.close();
    await crawl.close();
  });
  queue.start();
  const over = async (id: string) => {
    queue.wake();
    return waitFor('the job', async () => {
      const job = await jobs.getJob(id);
      return job?.finishedAt ? job.counts : null;
    });
  };
  const folder = join(temporaryFolder(), 'handbook');
  mkdirSync(folder);
  const staff = join(folder, 'staff.md');
  const write = (): void => writeFileSync(staff, '# Margins\n\nThe quokka margin is forty percent.\n');
  write();
  for (let place = 0; place < 7; place += 1)
    writeFileSync(join(folder, `page-${place}.md`), `# Page ${place}\n\nWords of page ${place}.\n`);
  const visit = async () => over((await crawl.visits.visitFolder(folder)).jobId);
  await visit();
  const { id, collection } = (await knowledge.findBySource(staff))!;
  const item = { source: staff, name: 'staff.md', path: staff, scope: { audience: 'staff' } };
  const sourceId = collection.slice('source:'.length);
  await over(await jobs.createJob({ title: 'scope', sourceId, items: [item] }));
  const disabled = createSqliteDisabledStore(database);
  await setDocumentEnabled(id, false, { disabled, tools });
  return { ...kit, over, folder, staff, write, visit, sourceId, marksOf };

  async function marksOf(source: string) {
    const document = await knowledge.findBySource(source);
    return document && { audience: document.audience, disabled: document.disabled ?? false };
  }
}
const KEPT = { audience: 'staff', disabled: true };

describe('a document of a folder that was gone', () => {
  it('comes back for those whom it was for, and switched off as it was', async () => {
    const { staff, write, visit, marksOf, database } = await openFolder();
    expect(await marksOf(staff)).toEqual(KEPT);
    rmSync(staff);
    expect(await visit()).toMatchObject({ removed: 1 });
    expect(await marksOf(staff)).toBeNull();
    write();
    expect(await visit()).toMatchObject({ added: 1 });
    expect(await marksOf(staff)).toEqual(KEPT);
    expect(database.prepare('SELECT count(*) FROM removed_marks').pluck().get()).toBe(0);
  });

  it('is the same one under another name, in whichever order its going and coming are seen', async () => {
    const { folder, staff, visit, marksOf, jobs, over, sourceId } = await openFolder();
    const renamed = join(folder, 'renamed.md');
    renameSync(staff, renamed);
    expect(await visit()).toMatchObject({ added: 1, removed: 1 });
    expect(await marksOf(renamed)).toEqual(KEPT);
    const again = join(folder, 'again.md');
    renameSync(renamed, again);
    const going = { source: renamed, name: 'renamed.md', path: renamed, action: 'remove' as const };
    const coming = { source: again, name: 'again.md', path: again };
    await over(await jobs.createJob({ title: 'watched', sourceId, items: [going, coming] }));
    expect(await marksOf(again)).toEqual(KEPT);
    expect(await marksOf(renamed)).toBeNull();
  });

  it('is not taken for a copy of one that is still there', async () => {
    const { folder, staff, visit, marksOf } = await openFolder();
    const copy = join(folder, 'copy.md');
    writeFileSync(copy, '# Margins\n\nThe quokka margin is forty percent.\n');
    await visit();
    expect(await marksOf(copy)).toEqual({ audience: 'public', disabled: false });
    expect(await marksOf(staff)).toEqual(KEPT);
  });

  it('is forgotten some time after it went', async () => {
    const { staff, visit, tools, database, jobs } = await openFolder();
    const count = () => database.prepare('SELECT count(*) FROM removed_marks').pluck().get();
    const upkeep = {
      store: createSqliteUpkeepStore(database),
      vectors: tools.vectors,
      jobs,
      isAnswering: () => false,
    };
    rmSync(staff);
    await visit();
    expect(count()).toBe(1);
    const inDays = (days: number) => ({ now: new Date(Date.now() + days * 86_400_000) });
    await maintain(upkeep, inDays(UPKEEP.keepMarksDays - 1));
    expect(count()).toBe(1);
    await maintain(upkeep, inDays(UPKEEP.keepMarksDays + 1));
    expect(count()).toBe(0);
  });

  it('is forgotten with its folder', async () => {
    const { tools, sources, sourceId, database } = await openFolder();
    await removeSource(sourceId, sources, tools);
    expect(database.prepare('SELECT count(*) FROM removed_marks').pluck().get()).toBe(0);
  });
});
