import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TicketFilter, TicketSort } from '../src/stores/ticket-contracts.ts';
import { createSqliteDeskStore } from '../src/stores/sqlite/desk-store.ts';
import { openDatabase, type SqliteDatabase } from '../src/stores/sqlite/open-database.ts';
import type { Bench } from './bench-types.ts';
import { quantile, round, timed } from './measure.ts';

const LOOKS = 120;
const PAGE = 50;

/** Words of subjects and messages; the first of them are in most tickets. */
const WORDS =
  'order boots tent jacket return refund delivery broken late missing size colour zip sole pole invoice payment ' +
  'voucher exchange repair leak smell strap buckle lining torn wrong address courier parcel customs warranty stove ' +
  'sleeping mat rucksack gaiters gloves laces insole wax membrane seam hood pocket rivet eyelet carabiner';

interface Look {
  name: string;
  filter: (turn: number) => TicketFilter;
  sort: TicketSort;
}

const LOOK_UPS: readonly Look[] = [
  { name: 'all, newest first', filter: () => ({}), sort: 'updated' },
  {
    name: 'open and mine',
    filter: (turn) => ({ status: ['open', 'pending'], assigneeId: [`u${turn % 20}`] }),
    sort: 'updated',
  },
  {
    name: 'open, nobody’s, by due time',
    filter: () => ({ status: ['open'], assigneeId: [null] }),
    sort: 'due',
  },
  { name: 'overdue', filter: () => ({ overdueAt: '2026-06-01T00:00:00.000Z' }), sort: 'due' },
  { name: 'rare tag', filter: (turn) => ({ tag: `tag${turn % 200}` }), sort: 'updated' },
  {
    name: 'category, urgent, by priority',
    filter: (turn) => ({ category: `c${turn % 12}`, priority: ['urgent'] }),
    sort: 'priority',
  },
  { name: 'search, common word', filter: () => ({ text: 'order' }), sort: 'updated' },
  {
    name: 'search, two words, open',
    filter: (turn) => ({ text: `${word(turn * 7)} ${word(turn * 13)}`, status: ['open'] }),
    sort: 'updated',
  },
  {
    name: 'search, e-mail address',
    filter: (turn) => ({ text: `customer${turn * 311}@example.com` }),
    sort: 'updated',
  },
  { name: 'search, no hit', filter: () => ({ text: 'zeppelin' }), sort: 'updated' },
];

export const benchTickets: Bench = {
  name: 'tickets',
  about:
    'list, filter and search of the desk with 100,000 tickets (10,000 with --quick), first and second pages',
  run: async ({ quick, say, signal }) => {
    const count = quick ? 10_000 : 100_000;
    const folder = mkdtempSync(join(tmpdir(), 'answerbox-bench-'));
    const database = openDatabase(join(folder, 'tickets.sqlite'));
    try {
      say(`tickets: writing ${count}`);
      const filled = await timed(() => fillTickets(database, count));
      const store = createSqliteDeskStore(database);
      const rows = [];
      for (const { name, filter, sort } of LOOK_UPS) {
        signal.throwIfAborted();
        const times: number[] = [];
        const deep: number[] = [];
        for (let turn = 0; turn < LOOKS; turn += 1) {
          const { result, ms } = await timed(() => store.listTickets(filter(turn), sort, { limit: PAGE }));
          times.push(ms);
          if (result.nextCursor === null) continue;
          const cursor = result.nextCursor;
          deep.push((await timed(() => store.listTickets(filter(turn), sort, { limit: PAGE, cursor }))).ms);
        }
        rows.push({
          look_up: name,
          p50_ms: round(quantile(times, 0.5)),
          p95_ms: round(quantile(times, 0.95)),
          next_page_p95_ms: deep.length > 0 ? round(quantile(deep, 0.95)) : null,
        });
      }
      return {
        rows,
        notes: [
          `${count} tickets with a message each, written in ${round(filled.ms / 1000, 1)} s; ${LOOKS} look-ups each, pages of ${PAGE}`,
          'the store alone, on this process’s thread: the route adds well under a millisecond of JSON',
        ],
      };
    } finally {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Rows as the store would write them, in one transaction: 100,000 durable ones would take the disk minutes. */
function fillTickets(database: SqliteDatabase, count: number): void {
  const ticket = database.prepare(
    `INSERT INTO tickets (subject, status, priority, category, assignee_id, contact, tags, source, first_response_due,
       resolution_due, created_at, updated_at)
     VALUES (@subject, @status, @priority, @category, @assignee, @contact, @tags, 'handover', @due, @due, @at, @at)`,
  );
  const conversation = database.prepare("INSERT INTO conversations VALUES (?, '{}', ?)");
  const message = database.prepare(
    "INSERT INTO messages (id, conversation_id, role, text, created_at) VALUES (?, ?, 'customer', ?, ?)",
  );
  const thread = database.prepare('UPDATE threads SET ticket = ? WHERE conversation_id = ?');
  const words = database.prepare(
    'INSERT INTO ticket_words (rowid, subject, people, body) VALUES (?, ?, ?, ?)',
  );
  const tag = database.prepare('INSERT INTO ticket_tags VALUES (?, ?)');
  database.transaction(() => {
    for (let index = 1; index <= count; index += 1) {
      const at = new Date(Date.parse('2026-01-01T00:00:00Z') + index * 137_000).toISOString();
      const due = new Date(Date.parse(at) + (index % 97) * 3_600_000).toISOString();
      const subject = `${word(index)} ${word(index * 3)} ${word(index * 5)}`;
      const text = Array.from({ length: 40 }, (_, place) => word(index * (place + 1) + (place % 3))).join(
        ' ',
      );
      const people = `Customer ${index} customer${index}@example.com`;
      ticket.run({
        subject,
        status: ['open', 'pending', 'snoozed', 'resolved', 'closed', 'closed', 'closed', 'closed'][index % 8],
        priority: index % 31 === 0 ? 3 : index % 4 === 0 ? 2 : 1,
        category: `c${index % 12}`,
        assignee: index % 5 === 0 ? null : `u${index % 20}`,
        contact: '{"name":null,"email":null,"phone":null}',
        tags: '[]',
        due,
        at,
      });
      if (index % 3 === 0) tag.run(`tag${index % 200}`, index);
      conversation.run(`k${index}`, at);
      message.run(`m${index}`, `k${index}`, text, at);
      thread.run(index, `k${index}`);
      words.run(index, subject, people, text);
    }
  })();
}

function word(index: number): string {
  const all = WORDS.split(' ');
  // Squared, so that the first words are common and the last are rare.
  const share = ((index * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
  return all[Math.floor(share * share * all.length)]!;
}
