import { expect, it, onTestFinished, vi } from 'vitest';
import { createHealthCheck } from '../knowledge/health-check.ts';
import type { HealthTools } from '../knowledge/health-tools.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { waitFor } from '../testing/http-client.ts';
import type { UpkeepReport } from './maintain.ts';
import { createUpkeep } from './upkeep-schedule.ts';

const REPORT = {
  merged: 0,
  erased: 0,
  jobsForgotten: 0,
  bytesBefore: 0,
  bytesAfter: 0,
  seconds: 0,
} satisfies UpkeepReport;

/** A schedule at a time of its own, and what it did. */
function openSchedule(run: () => Promise<UpkeepReport>, afterwards: (signal: AbortSignal) => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let time = '2026-11-21T01:00:00Z';
  const upkeep = createUpkeep({
    quietHours: '02-05',
    timeZone: () => 'UTC',
    now: () => new Date(time),
    run,
    afterwards,
    log: () => undefined,
  });
  onTestFinished(async () => {
    await upkeep.close();
    vi.useRealTimers();
  });
  upkeep.start();
  const at = (next: string): void => {
    time = next;
    vi.advanceTimersByTime(600_000);
  };
  return { upkeep, at };
}

it('upkeep and what follows it run once a day in the quiet hours, also when upkeep failed; by hand upkeep alone', async () => {
  const done: string[] = [];
  const { upkeep, at } = openSchedule(
    () => {
      done.push('upkeep');
      return done.length > 2 ? Promise.reject(new Error('the disk is full')) : Promise.resolve(REPORT);
    },
    () => Promise.resolve(void done.push('check')),
  );
  const settled = (count: number) => waitFor('the work', () => Promise.resolve(done.length >= count || null));
  at('2026-11-21T01:30:00Z');
  expect(done).toEqual([]);
  at('2026-11-21T02:10:00Z');
  await settled(2);
  at('2026-11-21T03:10:00Z');
  expect(done).toEqual(['upkeep', 'check']);
  at('2026-11-22T02:10:00Z');
  await settled(4);
  expect(done).toEqual(['upkeep', 'check', 'upkeep', 'check']);
  upkeep.begin({});
  await waitFor('the upkeep', () => Promise.resolve(upkeep.state().running ? null : true));
  expect(done).toEqual(['upkeep', 'check', 'upkeep', 'check', 'upkeep']);
});

it('the documents are checked in the quiet hours: a report is there that nobody asked for', async () => {
  const { tools, database } = openKnowledgeTools(temporaryFolder());
  const health = createSqliteHealthStore(database);
  await tools.knowledge.putDocument(
    syntheticDocument('a.md', ['The offer is valid until 31 December 2024.']),
  );
  const healthTools: HealthTools = {
    ...tools,
    verifier: null,
    health,
    isAnswering: () => false,
    now: () => new Date('2026-11-21T02:00:00Z'),
  };
  const check = createHealthCheck(healthTools);
  const { at } = openSchedule(
    () => Promise.resolve(REPORT),
    (signal) => check.run(signal),
  );
  at('2026-11-21T02:10:00Z');
  const report = await waitFor('the report', () => health.readReport());
  expect(report.stale).toMatchObject([{ reason: 'date_passed' }]);
  await check.close();
  const stopped = new AbortController();
  stopped.abort();
  await check.run(stopped.signal);
  expect(check.state()).toMatchObject({ running: false, failure: null });
});
