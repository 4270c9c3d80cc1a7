import { expect, it, onTestFinished, vi } from 'vitest';
import { judgeRetention } from '../doctor/check-retention.ts';
import { AnswerboxError } from '../errors.ts';
import { createFaults } from '../faults/faults.ts';
import { waitFor } from '../testing/http-client.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { createRetentionSchedule } from './retention-schedule.ts';
import { readRetentionState } from './retention-state.ts';

vi.setConfig({ testTimeout: 120_000 });

const BEGUN = Date.parse('2026-06-30T12:00:00Z');
const HOUR_MS = 3_600_000;

/** What is waiting for no disk has gone on by then. */
const settled = () => new Promise(setImmediate);

/** A server whose clock goes on by hours, and retention by itself in it. */
async function openSchedule() {
  let at = BEGUN;
  let asked = false;
  const now = () => new Date(at);
  const server = await startDeskServer({ now });
  const { app } = server;
  const log: string[] = [];
  let [tries, done] = [0, 0];
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const schedule = createRetentionSchedule({
    runRetention: (options) => {
      tries += 1;
      return app.privacy.runRetention(options).finally(() => (done += 1));
    },
    settings: app.settings,
    faults: app.faults,
    isAnswering: () => asked,
    now,
    log: (_level, message) => log.push(message),
  });
  onTestFinished(async () => {
    await schedule.close();
    vi.useRealTimers();
  });
  schedule.start();
  return {
    ...server,
    log,
    tries: () => tries,
    ask: (is: boolean) => (asked = is),
    /** A look after so many hours, to its end. */
    pass: async (hours: number) => {
      at += hours * HOUR_MS;
      vi.advanceTimersByTime(300_000);
      await settled();
      await waitFor('the run', () => Promise.resolve(done === tries || null));
      await settled();
    },
    state: () => readRetentionState(app.settings),
    ranAt: async () => Date.parse((await readRetentionState(app.settings)).ran_at ?? '') - BEGUN,
  };
}

const fill = async ({ app, database }: Awaited<ReturnType<typeof openSchedule>>, count: number) => {
  for (let one = 0; one < count; one += 1) await app.conversations.createConversation({});
  const old = new Date(BEGUN - 40 * 24 * HOUR_MS).toISOString();
  database.prepare('UPDATE threads SET updated_at = ?').run(old);
  await app.settings.set('retention_clock', JSON.stringify({ at: new Date(BEGUN), jumped: null }));
};

it('runs once a day without any quiet hours, in a moment in which nobody asks, or a day later between questions', async () => {
  const opened = await openSchedule();
  await fill(opened, 3);
  const { app, database, tries, pass, ask, ranAt } = opened;
  const left = () => database.prepare('SELECT count(*) FROM threads').pluck().get();
  ask(true);
  await pass(1);
  ask(false);
  await pass(1);
  expect(await ranAt()).toBe(2 * HOUR_MS);
  expect([tries(), left()]).toEqual([1, 0]);
  expect((await app.privacy.planRetention()).ran_at).toBe(new Date(BEGUN + 2 * HOUR_MS).toISOString());
  await pass(24);
  await pass(2);
  expect(await ranAt()).toBe(28 * HOUR_MS);
  expect(tries()).toBe(2);
  ask(true);
  await pass(26);
  await pass(23);
  await pass(2);
  expect(await ranAt()).toBe(79 * HOUR_MS);
  expect(tries()).toBe(3);
});

it('is a fault for everybody to see while it waits for a word, and none once that was said', async () => {
  const opened = await openSchedule();
  await fill(opened, 101);
  const { app, http, adminKey: key, tries, pass, log, state } = opened;
  await pass(1);
  expect(app.faults.list()).toMatchObject([
    { part: 'retention', state: 'failing', message: expect.stringMatching(/more than usual.*privacy plan/) },
  ]);
  expect(log).toEqual([expect.stringContaining('101 of 101')]);
  expect(judgeRetention(await state(), new Date(BEGUN))).toMatchObject({
    status: 'warning',
    message: expect.stringMatching(/more than usual/),
  });
  await pass(0.5);
  expect(tries()).toBe(1);
  const { body } = await http.call('POST', '/api/v1/privacy/retention', { key, body: { confirmed: true } });
  expect(body.removed).toMatchObject({ conversations: 101 });
  expect(app.faults.list()).toEqual([]);
  expect(await state()).toMatchObject({ waits_for: null });
});

it('tells after a restart what it waited for before', async () => {
  const { app } = await startDeskServer({});
  const state = { ran_at: null, waits_for: 'retention_clock' };
  await app.settings.set('retention_ran', JSON.stringify(state));
  const faults = createFaults();
  const schedule = createRetentionSchedule({
    runRetention: () => Promise.reject(new AnswerboxError('retention_clock', { days: 7 })),
    settings: app.settings,
    faults,
    isAnswering: () => false,
    now: () => new Date(BEGUN),
    log: () => undefined,
  });
  schedule.start();
  await schedule.close();
  expect(faults.list()).toMatchObject([{ part: 'retention', message: expect.stringMatching(/clock/) }]);
});

it('doctor warns of a run that is two days late', () => {
  const ran = { ran_at: new Date(BEGUN).toISOString(), waits_for: null };
  expect(judgeRetention(ran, new Date(BEGUN + 30 * HOUR_MS))).toMatchObject({ status: 'ok' });
  expect(judgeRetention(ran, new Date(BEGUN + 60 * HOUR_MS))).toMatchObject({ status: 'warning' });
  expect(judgeRetention({ ran_at: null, waits_for: null }, new Date())).toMatchObject({ status: 'ok' });
});
