import { Type } from '@sinclair/typebox';
import { describe, expect, it } from 'vitest';
import type { AuditStore } from '../stores/contracts.ts';
import { createSqliteAuditStore } from '../stores/sqlite/audit-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { answerJson, listenHttp } from '../testing/listen-http.ts';
import { createTestClock } from '../testing/test-clock.ts';
import type { Action, ActionOutcome } from './action-contracts.ts';
import { createActionRunner } from './action-runner.ts';
import { createHttpAction } from './http-action.ts';
import { createPendingActions } from './pending-actions.ts';

const HOURS: Action = {
  name: 'business_hours',
  description: 'When the shop is open.',
  input: Type.Object({ day: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  changes: false,
  confirmText: () => '',
  run: async ({ day }) => ({ day, open: '9:00' }),
};
const signal = new AbortController().signal;
const ada = { signal, caller: { conversationId: 'ada' } };
const bob = { signal, caller: { conversationId: 'bob' } };

/** A shop that cancels orders over a real socket, a runner over a real audit. */
async function shopWith(
  answer: Parameters<typeof listenHttp>[0] = (_, response) => answerJson(response, 'cancelled'),
) {
  const server = await listenHttp(answer);
  const cancel = createHttpAction({
    name: 'cancel_order',
    description: 'Cancels an order.',
    method: 'POST',
    url: `http://${server.host}/orders/{number}/cancel`,
    input: { number: { type: 'string', required: true, pattern: '[A-Z]-\\d{4}' } },
    changes: true,
    confirm: 'Cancel order {number}?',
    allow_hosts: [server.host],
  });
  const clock = createTestClock();
  const audit = createSqliteAuditStore(openDatabase(':memory:'));
  const runner = createActionRunner({ actions: [HOURS, cancel], audit, now: clock.now });
  return { server, clock, audit, runner };
}

const linesOf = async (audit: AuditStore): Promise<string[]> =>
  (await audit.list({ limit: 50 }))
    .reverse()
    .map(({ actor, action, outcome, code }) => [actor, action, outcome, code].filter(Boolean).join(' '));
const idOf = (outcome: ActionOutcome): string => (outcome.state === 'confirm' ? outcome.id : 'none');

describe('an action that changes nothing', () => {
  it('runs at once and leaves a line', async () => {
    const { runner, audit } = await shopWith();
    expect(await runner.call('business_hours', { day: 'Monday' }, ada)).toEqual({
      state: 'done',
      output: { day: 'Monday', open: '9:00' },
    });
    expect(await linesOf(audit)).toEqual(['ada business_hours done']);
  });

  it('is refused with what does not fit, and does not run', async () => {
    const { runner, audit } = await shopWith();
    const refusal = { code: 'action_input_invalid', status: 400 };
    for (const input of [{}, { day: 7 }, { day: 'Monday', admin: true }, null, 'Monday'])
      await expect(runner.call('business_hours', input, ada)).rejects.toMatchObject(refusal);
    await expect(runner.call('drop_tables', {}, ada)).rejects.toMatchObject({ code: 'action_unknown' });
    expect(await linesOf(audit)).toEqual([
      ...Array.from({ length: 5 }, () => 'ada business_hours refused action_input_invalid'),
      'ada drop_tables refused action_unknown',
    ]);
  });
});

describe('an action that changes something', () => {
  it('waits for the customer, and then runs', async () => {
    const { runner, server, audit } = await shopWith();
    const asked = await runner.call('cancel_order', { number: 'A-1001' }, ada);
    expect(asked).toMatchObject({
      state: 'confirm',
      text: 'Cancel order A-1001?',
      expiresAt: '2026-03-01T12:10:00.000Z',
    });
    expect(server.received).toEqual([]);
    expect(await runner.confirm(idOf(asked), ada)).toEqual({ state: 'done', output: 'cancelled' });
    expect(server.received).toMatchObject([
      { url: '/orders/A-1001/cancel', headers: { 'idempotency-key': idOf(asked) } },
    ]);
    expect(await linesOf(audit)).toEqual([
      'ada cancel_order asked',
      'ada cancel_order confirmed',
      'ada cancel_order done',
    ]);
  });

  it('runs once, however often and however fast it is confirmed', async () => {
    const { runner, server } = await shopWith();
    const id = idOf(await runner.call('cancel_order', { number: 'A-1001' }, ada));
    const outcomes = await Promise.all([1, 2, 3].map(() => runner.confirm(id, ada)));
    outcomes.push(await runner.confirm(id, ada));
    expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ state: 'done', output: 'cancelled' })));
    expect(server.received).toHaveLength(1);
  });

  it('is not tried again when it failed: the same failure is told', async () => {
    const { runner, server, audit } = await shopWith((_, response) => answerJson(response, 'too late', 409));
    const id = idOf(await runner.call('cancel_order', { number: 'A-1001' }, ada));
    for (let time = 0; time < 2; time++)
      await expect(runner.confirm(id, ada)).rejects.toMatchObject({ code: 'action_failed', status: 502 });
    expect(server.received).toHaveLength(1);
    expect((await linesOf(audit)).at(-1)).toBe('ada cancel_order failed action_failed');
  });

  it('cannot be confirmed by another conversation, under a guessed id, or after its time', async () => {
    const { runner, server, clock, audit } = await shopWith();
    const id = idOf(await runner.call('cancel_order', { number: 'A-1001' }, ada));
    const refusal = { code: 'action_not_pending', status: 404 };
    await expect(runner.confirm(id, bob)).rejects.toMatchObject(refusal);
    await expect(runner.confirm('1', ada)).rejects.toMatchObject(refusal);
    clock.advance(600_000);
    await expect(runner.confirm(id, ada)).rejects.toMatchObject(refusal);
    expect(server.received).toEqual([]);
    expect((await linesOf(audit)).at(-1)).toBe('ada cancel_order expired action_not_pending');
  });

  it('does not run when the customer says no', async () => {
    const { runner, server, audit } = await shopWith();
    const id = idOf(await runner.call('cancel_order', { number: 'A-1001' }, ada));
    await expect(runner.refuse(id, bob.caller)).rejects.toMatchObject({ code: 'action_not_pending' });
    await runner.refuse(id, ada.caller);
    await expect(runner.confirm(id, ada)).rejects.toMatchObject({ code: 'action_not_pending' });
    expect(server.received).toEqual([]);
    expect((await linesOf(audit)).at(-1)).toBe('ada cancel_order refused');
  });

  it('goes on when the one who confirmed it leaves, and tells who comes back', async () => {
    const leaving = new AbortController();
    let finish: () => void = () => undefined;
    const { runner, server } = await shopWith((_, response) => {
      finish = () => answerJson(response, 'cancelled');
      leaving.abort();
    });
    const id = idOf(await runner.call('cancel_order', { number: 'A-1001' }, ada));
    const left = runner.confirm(id, { ...ada, signal: leaving.signal });
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    await expect(runner.refuse(id, ada.caller)).rejects.toMatchObject({ code: 'action_not_pending' });
    finish();
    expect(await runner.confirm(id, ada)).toEqual({ state: 'done', output: 'cancelled' });
    expect(server.received).toHaveLength(1);
  });

  it('does not run without its line in the audit, and may be confirmed again when there is room', async () => {
    const server = await listenHttp((_, response) => answerJson(response, 'cancelled'));
    const database = openDatabase(':memory:');
    const action: Action = {
      ...HOURS,
      name: 'call',
      changes: true,
      run: () => fetch(`http://${server.host}/`),
    };
    const runner = createActionRunner({ actions: [action], audit: createSqliteAuditStore(database) });
    const id = idOf(await runner.call('call', { day: 'x' }, ada));
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END`);
    await expect(runner.confirm(id, ada)).rejects.toMatchObject({ code: 'storage_failed' });
    expect(server.received).toEqual([]);
    database.exec('DROP TRIGGER full');
    await runner.confirm(id, ada);
    expect(server.received).toHaveLength(1);
  });

  it('keeps no word of the customer in the audit', async () => {
    const { runner, audit } = await shopWith();
    await runner.call('cancel_order', { number: 'Q-7777' }, ada);
    await runner.call('business_hours', { day: 'zanzibarquokka' }, ada);
    const lines = await audit.list({ limit: 10 });
    expect(JSON.stringify(lines)).not.toMatch(/Q-7777|zanzibarquokka/);
    expect(lines[0]?.detail).toMatchObject({
      fields: 1,
      input_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

it('lets the oldest that does not run go when too many wait', () => {
  const pending = createPendingActions(createTestClock().now, 3);
  const [running, oldest, other] = [1, 2, 3].map(() => pending.add(HOURS, {}, 'ada'));
  running!.result = Promise.resolve();
  const newest = pending.add(HOURS, {}, 'ada');
  const kept = [running, oldest, other, newest].map((one) => pending.find(one!.id, 'ada') !== null);
  expect(kept).toEqual([true, false, true, true]);
});

it('refuses two actions of one name', async () => {
  const audit = createSqliteAuditStore(openDatabase(':memory:'));
  expect(() => createActionRunner({ actions: [HOURS, HOURS], audit })).toThrow('same name');
});
