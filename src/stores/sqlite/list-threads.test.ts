import { expect, it } from 'vitest';
import type { ThreadFilter } from '../thread-contracts.ts';
import { createSqliteDeskStore } from './desk-store.ts';
import { indexTicketsAnew } from './index-tickets-anew.ts';
import { openDatabase } from './open-database.ts';

/** One ticket with one conversation a subject, in order from number 1 on; `mine` are the numbers of theirs. */
function deskWith(subjects: readonly string[], mine: readonly number[] = []) {
  const database = openDatabase(':memory:');
  database.transaction(() => {
    for (const [index, subject] of subjects.entries()) {
      const at = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
      database.prepare("INSERT INTO conversations VALUES (?, '{}', ?)").run(`c${index}`, at);
      database
        .prepare(
          `INSERT INTO tickets (subject, status, priority, contact, source, created_at, updated_at)
             VALUES (?, 'open', 1, '{}', 'handover', ?, ?)`,
        )
        .run(subject, at, at);
      database
        .prepare(
          "UPDATE threads SET ticket = ?, state = 'person', assignee_id = ?, subject = ? WHERE conversation_id = ?",
        )
        .run(index + 1, mine.includes(index + 1) ? 'me' : 'other', subject, `c${index}`);
    }
    indexTicketsAnew(database);
  })();
  const store = createSqliteDeskStore(database);
  const found = async (text: string, filter: ThreadFilter = {}): Promise<(number | null)[]> =>
    (await store.listThreads({ ...filter, text }, { limit: 10 })).items.map(({ ticket }) => ticket);
  const tickets = async (text: string): Promise<number[]> =>
    (await store.listTickets({ text }, 'updated', { limit: 10 })).items.map(({ number }) => number);
  return { store, found, tickets };
}

it.each([600, 5_200])(
  'finds what is mine among %i newer conversations with the same word',
  async (others) => {
    const subjects = Array.from({ length: others }, () => 'Late parcel');
    const { store, found } = deskWith(['My late parcel', ...subjects], [1]);
    expect(await found('parcel', { assigneeId: 'me' })).toEqual([1]);
    expect(await found('parcel', { assigneeId: 'nobody' })).toEqual([]);
    expect(await found('parcel')).toHaveLength(10);
    const first = await store.listThreads({ text: 'parcel' }, { limit: 2 });
    const next = await store.listThreads({ text: 'parcel' }, { limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...next.items].map(({ ticket }) => ticket)).toEqual([
      others + 1,
      others,
      others - 1,
      others - 2,
    ]);
  },
);

it('finds a ticket by its number, and with the sign nothing else', async () => {
  const { found, tickets } = deskWith(['Order 3', 'Two', 'Three']);
  expect(await found('#3')).toEqual([3]);
  expect(await tickets('#3')).toEqual([3]);
  expect((await found('3')).sort()).toEqual([1, 3]);
  expect((await tickets('3')).sort()).toEqual([1, 3]);
  expect(await found('#99')).toEqual([]);
});

it('finds any part of Chinese and Japanese text, and of Latin words beside it', async () => {
  const { found, tickets } = deskWith([
    '我想申请退款，谢谢',
    'iPhone手机壳坏了',
    '注文した靴のサイズ交換',
    'Return',
  ]);
  expect(await found('退款')).toEqual([1]);
  expect(await found('申请退款')).toEqual([1]);
  expect(await found('退款申请')).toEqual([]);
  expect(await found('谢')).toEqual([1]);
  expect(await found('iphone 坏')).toEqual([2]);
  expect(await found('サイズ')).toEqual([3]);
  expect(await tickets('交換')).toEqual([3]);
});
