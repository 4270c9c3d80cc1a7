import type { SqliteDatabase } from '../src/stores/sqlite/open-database.ts';

/** Customers, by ids from p0 on. */
export const CUSTOMERS = 5_000;

/** Words of subjects and messages; the first of them are in most tickets. */
const WORDS =
  'order boots tent jacket return refund delivery broken late missing size colour zip sole pole invoice payment ' +
  'voucher exchange repair leak smell strap buckle lining torn wrong address courier parcel customs warranty stove ' +
  'sleeping mat rucksack gaiters gloves laces insole wax membrane seam hood pocket rivet eyelet carabiner';
const ALL_WORDS = WORDS.split(' ');
const STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed', 'closed', 'closed', 'closed'] as const;

/** Rows as the store would write them, in one transaction: 100,000 durable ones would take the disk minutes. */
export function fillTickets(database: SqliteDatabase, count: number): void {
  const insert = statementsOf(database);
  database.transaction(() => {
    for (let index = 0; index < CUSTOMERS; index += 1)
      insert.customer.run(`p${index}`, `Customer ${index}`, '2026-01-01', '2026-01-01');
    for (let index = 1; index <= count; index += 1) fillTicket(insert, index);
  })();
}

function statementsOf(database: SqliteDatabase) {
  return {
    customer: database.prepare(
      'INSERT INTO customers (id, name, created_at, updated_at) VALUES (?, ?, ?, ?)',
    ),
    ticket: database.prepare(
      `INSERT INTO tickets (subject, status, priority, category, assignee_id, team_id, customer_id, contact, tags, source,
         first_response_due, resolution_due, created_at, updated_at)
       VALUES (@subject, @status, @priority, @category, @assignee, @team, @customer, @contact, '[]', 'handover',
         @due, @due, @at, @at)`,
    ),
    conversation: database.prepare("INSERT INTO conversations VALUES (?, '{}', ?)"),
    message: database.prepare(
      "INSERT INTO messages (id, conversation_id, role, text, created_at) VALUES (?, ?, 'customer', ?, ?)",
    ),
    thread: database.prepare(
      'UPDATE threads SET ticket = ?, state = ?, assignee_id = ? WHERE conversation_id = ?',
    ),
    words: database.prepare('INSERT INTO ticket_words (rowid, subject, people, body) VALUES (?, ?, ?, ?)'),
    tag: database.prepare('INSERT INTO ticket_tags VALUES (?, ?)'),
  };
}

function fillTicket(insert: ReturnType<typeof statementsOf>, index: number): void {
  const at = new Date(Date.parse('2026-01-01T00:00:00Z') + index * 137_000).toISOString();
  const due = new Date(Date.parse(at) + (index % 97) * 3_600_000).toISOString();
  const subject = `${word(index)} ${word(index * 3)} ${word(index * 5)}`;
  const text = Array.from({ length: 40 }, (_, place) => word(index * (place + 1) + (place % 3))).join(' ');
  const status = STATUSES[index % STATUSES.length]!;
  const assignee = index % 5 === 0 ? null : `u${index % 20}`;
  insert.ticket.run({
    subject,
    status,
    assignee,
    due,
    at,
    priority: index % 31 === 0 ? 3 : index % 4 === 0 ? 2 : 1,
    category: `c${index % 12}`,
    team: index % 3 === 0 ? `t${index % 8}` : null,
    customer: `p${index % CUSTOMERS}`,
    contact: '{"name":null,"email":null,"phone":null}',
  });
  if (index % 3 === 0) insert.tag.run(`tag${index % 200}`, index);
  insert.conversation.run(`k${index}`, at);
  insert.message.run(`m${index}`, `k${index}`, text, at);
  const done = status === 'resolved' || status === 'closed';
  insert.thread.run(index, done ? 'closed' : assignee === null ? 'waiting' : 'person', assignee, `k${index}`);
  insert.words.run(index, subject, `Customer ${index} customer${index}@example.com`, text);
}

/** A word of theirs; the same number is always the same word. The first words are common, the last are rare. */
export function word(index: number): string {
  const share = ((index * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
  return ALL_WORDS[Math.floor(share * share * ALL_WORDS.length)]!;
}
