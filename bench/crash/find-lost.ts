import type Database from 'better-sqlite3';
import type { Ledger, LineOf } from './ledger.ts';

/**
 * Every acknowledged write that a database does not hold, or holds twice, in words.
 * @param until lines of the ledger that count, for a backup made at that place; all when left out
 */
export function findLost(database: Database.Database, ledger: Ledger, until = ledger.lines.length): string[] {
  const before = new Set(ledger.lines.slice(0, until));
  const known = <Line extends object>(lines: Line[]): Line[] =>
    lines.filter((line) => before.has(line as never));
  const one = <Value>(sql: string, ...values: unknown[]): Value =>
    database
      .prepare(sql)
      .pluck()
      .get(...values) as Value;
  const lost: string[] = [];
  const expect = (fits: boolean, what: string): void => {
    if (!fits) lost.push(what);
  };

  for (const { id, text, answer, conversation } of known(ledger.acknowledged('ask'))) {
    const role = (message: string): string | undefined =>
      one('SELECT role FROM messages WHERE id = ? AND conversation_id = ?', message, conversation);
    expect(role(answer!) === 'assistant', `the answer ${answer} to "${text}"`);
    const asked = one<number>('SELECT count(*) FROM messages WHERE text = ?', text);
    expect(asked === 1, `question ${id} is there ${asked} times: "${text}"`);
  }
  for (const { id, text, thread } of known(ledger.acknowledged('reply'))) {
    const replies = one<number>(
      `SELECT count(*) FROM messages JOIN threads USING (conversation_id)
       WHERE messages.id = ? AND text = ? AND threads.id = ? AND role = 'staff'`,
      id,
      text,
      thread,
    );
    expect(replies === 1, `reply ${id} is there ${replies} times`);
  }
  for (const { number, subject } of known(ledger.acknowledged('ticket'))) {
    const stored = one<string>('SELECT subject FROM tickets WHERE number = ?', number);
    expect(stored === subject, `ticket ${number} is "${stored}", not "${subject}"`);
    const notes = one<number>(
      `SELECT count(*) FROM desk_events WHERE ticket = ? AND type = 'note-add'`,
      number,
    );
    expect(notes === 1, `ticket ${number} has ${notes} notes`);
  }
  lost.push(...lostStates(one, ledger.of('ticket-status'), before));
  lost.push(...lostDocuments(one, ledger, known));
  lost.push(...lostPersons(one, ledger, known));
  return lost;
}

type One = <Value>(sql: string, ...values: unknown[]) => Value;
type Known = <Line extends object>(lines: Line[]) => Line[];

/** The last acknowledged state, or one that was asked for since: a backup may hold what came while it was made. */
function lostStates(
  one: One,
  lines: readonly LineOf<'ticket-status'>[],
  before: ReadonlySet<unknown>,
): string[] {
  const allowed = new Map<number, string[]>();
  for (const line of lines) {
    const settled = line.acknowledged && before.has(line);
    const others = allowed.get(line.number) ?? (before.has(line) ? ['open'] : []);
    // Of a ticket that is not yet among what counts nothing is expected.
    if (settled) allowed.set(line.number, [line.status]);
    else if (others.length > 0) allowed.set(line.number, [...new Set([...others, line.status])]);
  }
  return [...allowed].flatMap(([number, states]) => {
    const stored = one<string>('SELECT status FROM tickets WHERE number = ?', number);
    return states.includes(stored) ? [] : [`ticket ${number} is ${stored}, not ${states.join(' or ')}`];
  });
}

function lostDocuments(one: One, ledger: Ledger, known: Known): string[] {
  const asked = new Set(ledger.of('document-removed').map(({ source }) => source));
  const removed = new Set(known(ledger.acknowledged('document-removed')).map(({ source }) => source));
  const lost: string[] = [];
  for (const { source, job } of known(ledger.acknowledged('document'))) {
    const items = one<number>('SELECT count(*) FROM job_items WHERE job_id = ? AND source = ?', job, source);
    if (items !== 1) lost.push(`job ${job} of ${source} is not there`);
    const documents = one<number>('SELECT count(*) FROM documents WHERE source = ?', source);
    if (removed.has(source) && documents > 0) lost.push(`${source} was removed and is there`);
  }
  for (const { source } of known(ledger.of('document-there'))) {
    const documents = one<number>('SELECT count(*) FROM documents WHERE source = ?', source);
    if (!asked.has(source) && documents !== 1)
      lost.push(`${source} was stored and is there ${documents} times`);
  }
  return lost;
}

function lostPersons(one: One, ledger: Ledger, known: Known): string[] {
  const asked = new Set(ledger.of('erase').map(({ word }) => word));
  return known(ledger.acknowledged('person')).flatMap(({ word, email, ticket }) => {
    if (asked.has(word)) return [];
    const customers = one<number>('SELECT count(*) FROM customers WHERE email = ?', email);
    const tickets = one<number>(
      'SELECT count(*) FROM tickets WHERE number = ? AND source = ?',
      ticket,
      'form',
    );
    return customers === 1 && tickets === 1
      ? []
      : [`person ${word}: ${customers} profiles, ${tickets} tickets`];
  });
}
