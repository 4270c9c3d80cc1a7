import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inspectDatabase } from '../stores/sqlite/inspect-database.ts';
import { createSqliteUpkeepStore } from '../stores/sqlite/upkeep-store.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { maintain } from './maintain.ts';
import { isQuiet } from './upkeep-schedule.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('upkeep', () => {
  it('drops erased vectors and gives the disk back, and everything that is left is found as before', async () => {
    const folder = temporaryFolder();
    const { tools, database, jobs } = openKnowledgeTools(folder);
    const { knowledge, vectors } = tools;
    const ids: string[] = [];
    for (let place = 0; place < 60; place += 1) {
      const words = Array.from(
        { length: 8 },
        (_, line) => `Page ${place} line ${line} ${'filler words '.repeat(40)}`,
      );
      const document = syntheticDocument(`${place}.md`, words, { embedder: 'fake-embedder@0' });
      const change = await knowledge.putDocument(document);
      await vectors.apply(change);
      ids.push(change.documentId);
    }
    for (const id of ids.slice(5)) await vectors.apply((await knowledge.removeDocument(id))!);
    const [kept] = await knowledge.getDocumentChunks(ids[0]!);
    const [embedded] = await knowledge.getEmbeddings([kept!.id], 'fake-embedder@0');
    const store = createSqliteUpkeepStore(database);
    const before = await knowledge.searchKeywords('page line', 50);
    const report = await maintain({ store, vectors, jobs, isAnswering: () => false });
    expect(report.erased).toBe(55 * 8);
    expect(report.bytesAfter).toBeLessThan(report.bytesBefore / 2);
    expect(statSync(join(folder, 'answerbox.sqlite')).size).toBe(report.bytesAfter);
    expect(await knowledge.searchKeywords('page line', 50)).toEqual(before);
    expect((await vectors.search(embedded!.vector, 1))[0]).toMatchObject({ chunkId: kept!.id });
    expect(inspectDatabase(join(folder, 'answerbox.sqlite')).problems).toEqual([]);
    expect((await maintain({ store, vectors, jobs, isAnswering: () => false })).erased).toBe(0);
    const stopped = maintain(
      { store, vectors, jobs, isAnswering: () => false },
      { signal: AbortSignal.abort() },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('knows the quiet hours of the shop, over midnight too', () => {
    const at = (time: string) => new Date(`2026-11-21T${time}:00Z`);
    expect(isQuiet(at('03:00'), '02-05', 'UTC')).toBe(true);
    expect(isQuiet(at('05:00'), '02-05', 'UTC')).toBe(false);
    expect(isQuiet(at('23:30'), '22-04', 'UTC')).toBe(true);
    expect(isQuiet(at('03:30'), '22-04', 'UTC')).toBe(true);
    expect(isQuiet(at('01:30'), '02-05', 'Europe/Berlin')).toBe(true);
    expect(isQuiet(at('03:00'), '', 'UTC')).toBe(false);
  });
});
