import type { Person, RowCounts } from '../privacy-contracts.ts';
import { indexTicket } from './index-ticket.ts';
import type { SqliteDatabase } from './open-database.ts';
import { mentionsOf, STRUCK } from './person-mentions.ts';
import { listsOf, PERSON_ROWS } from './read-person.ts';

/** Texts of others, of staff and of the desk in which a person may be named. */
const TEXTS: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['messages', ['text', 'answer']],
  ['desk_events', ['data']],
  ['threads', ['subject', 'last_text']],
  ['tickets', ['subject', 'contact', 'handover', 'csat_comment']],
  ['customers', ['name', 'email', 'email_key', 'phone', 'notes', 'attributes']],
  ['consents', ['source']],
  ['drafts', ['text', 'data']],
  ['feedback', ['comment']],
  ['conversations', ['metadata']],
  ['outbox', ['target', 'payload', 'last_error']],
  ['library', ['data']],
  ['jobs', ['title']],
  ['knowledge_gaps', ['question', 'questions', 'draft']],
  ['attachments', ['name']],
];

/** All of a person, in one transaction that the caller holds; rows by what they were. */
export function erasePerson(database: SqliteDatabase, person: Person): RowCounts {
  const lists = listsOf(person);
  const counts: RowCounts = {};
  const remove = (name: keyof typeof PERSON_ROWS): void => {
    counts[name] = database.prepare(`DELETE FROM ${PERSON_ROWS[name]}`).run(lists).changes;
  };
  const asked = database
    .prepare(`SELECT DISTINCT trim(text) FROM ${PERSON_ROWS.messages} AND role = 'customer'`)
    .pluck()
    .all(lists) as string[];
  // Events name deliveries, messages name feedback and traces: what depends goes first.
  for (const name of [
    'deliveries',
    'events',
    'feedback',
    'traces',
    'drafts',
    'attachments',
    'messages',
  ] as const)
    remove(name);
  counts['threads'] = person.threads.length;
  database
    .prepare('DELETE FROM conversations WHERE id IN (SELECT value FROM json_each(@conversations))')
    .run(lists);
  removeTickets(database, person.tickets);
  counts['tickets'] = person.tickets.length;
  for (const name of ['consents', 'orders'] as const) remove(name);
  // What an import that was broken off left.
  database
    .prepare('DELETE FROM orders_next WHERE lower(email) IN (SELECT value FROM json_each(@emails))')
    .run(lists);
  if ((counts['orders'] ?? 0) > 0)
    database
      .prepare(
        "UPDATE imported_tables SET row_count = row_count - ?, version = version + 1 WHERE name = 'orders'",
      )
      .run(counts['orders']);
  database
    .prepare(
      'UPDATE customers SET merged_into = NULL WHERE merged_into IN (SELECT value FROM json_each(@customers))',
    )
    .run(lists);
  remove('customers');
  counts['gaps'] = removeGaps(database, new Set(asked), mentionsOf(person));
  counts['mentions'] = strikeOut(database, mentionsOf(person));
  return counts;
}

/** With the search documents of what is gone written over. */
export function removeTickets(database: SqliteDatabase, numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  const lists = { tickets: JSON.stringify(numbers) };
  const of = 'IN (SELECT value FROM json_each(@tickets))';
  database.prepare(`UPDATE threads SET ticket = NULL WHERE ticket ${of}`).run(lists);
  database.prepare(`UPDATE tickets SET merged_into = NULL WHERE merged_into ${of}`).run(lists);
  database.prepare(`DELETE FROM desk_events WHERE ticket ${of}`).run(lists);
  database.prepare(`DELETE FROM ticket_words WHERE rowid ${of}`).run(lists);
  database.prepare(`DELETE FROM tickets WHERE number ${of}`).run(lists);
}

/**
 * A search document that was removed is only marked so until its piece of the index is merged. One that is added
 * and removed makes sure that there is more than one piece, and so something to merge.
 */
export function dropRemovedWords(database: SqliteDatabase): void {
  database.prepare("INSERT INTO ticket_words (rowid, subject, people, body) VALUES (-1, 'x', '', '')").run();
  database.prepare('DELETE FROM ticket_words WHERE rowid = -1').run();
  database.prepare("INSERT INTO ticket_words (ticket_words) VALUES ('optimize')").run();
}

/** Drafted articles, questions and reports that quote what was asked. */
function removeGaps(database: SqliteDatabase, asked: ReadonlySet<string>, mentions: RegExp | null): number {
  const words = new Set([...asked].map(plainOf));
  const quotable = [...words].filter((text) => text.length >= LEAST_QUOTE);
  const isTheirs = (text: string): boolean => words.has(plainOf(text)) || isNamed(text, mentions);
  const quotes = (text: string): boolean => quotable.some((one) => plainOf(text).includes(one));
  const gaps = database.prepare('SELECT id, question, questions, draft FROM knowledge_gaps').all() as {
    id: string;
    question: string;
    questions: string;
    draft: string;
  }[];
  let removed = 0;
  for (const { id, question, questions, draft } of gaps)
    if ([question, draft, ...(JSON.parse(questions) as string[])].some(isTheirs) || quotes(draft))
      removed += database.prepare('DELETE FROM knowledge_gaps WHERE id = ?').run(id).changes;
  const kept = database.prepare('SELECT question FROM regression_questions').pluck().all() as string[];
  for (const question of kept.filter(isTheirs))
    removed += database.prepare('DELETE FROM regression_questions WHERE question = ?').run(question).changes;
  // Counted anew by the next check of the documents.
  if (removed > 0) database.prepare("DELETE FROM settings WHERE name = 'knowledge_report'").run();
  return removed;
}

/** Characters from which on a question says so much that whoever repeats it quotes it. */
const LEAST_QUOTE = 25;

/** However it was spaced and capitalised. */
const plainOf = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

function isNamed(text: string, mentions: RegExp | null): boolean {
  if (mentions === null) return false;
  mentions.lastIndex = 0;
  return mentions.test(text);
}

/** Strikes a person's addresses, numbers and full name out of what belongs to others. How many texts had them. */
function strikeOut(database: SqliteDatabase, mentions: RegExp | null): number {
  if (mentions === null) return 0;
  database.function('names_person', { deterministic: true, directOnly: true }, (text) =>
    typeof text === 'string' && isNamed(text, mentions) ? 1 : 0,
  );
  database.function('struck_out', { deterministic: true, directOnly: true }, (text: unknown) =>
    typeof text === 'string' ? text.replace(mentions, STRUCK) : text,
  );
  // How an answer that quotes them came about quotes them too.
  database.exec(
    `DELETE FROM traces WHERE message_id IN (SELECT id FROM messages WHERE conversation_id IN
       (SELECT conversation_id FROM messages WHERE names_person(text) OR names_person(answer)))`,
  );
  const numbers = database
    .prepare(
      `SELECT number FROM tickets WHERE names_person(subject) OR names_person(contact) OR number IN (
         SELECT threads.ticket FROM threads JOIN desk_events ON desk_events.thread_id = threads.id
           LEFT JOIN messages ON messages.id = desk_events.message_id
         WHERE threads.ticket IS NOT NULL AND (names_person(messages.text) OR names_person(desk_events.data)))`,
    )
    .pluck()
    .all() as number[];
  let texts = 0;
  for (const [table, columns] of TEXTS)
    for (const column of columns)
      texts += database
        .prepare(`UPDATE ${table} SET ${column} = struck_out(${column}) WHERE names_person(${column})`)
        .run().changes;
  for (const number of numbers) indexTicket(database, number);
  return texts;
}
