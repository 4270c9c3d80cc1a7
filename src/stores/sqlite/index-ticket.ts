import { withSignPairs } from '../../text/sign-pairs.ts';
import type { SqliteDatabase } from './open-database.ts';
import { prepared } from './prepared.ts';

/** What is indexed of a ticket, newest first: enough to find it again, bounded for threads of 10,000 messages. */
const INDEXED = { events: 200, characters: 50_000 } as const;

/** Writes the search document of a ticket, its number in it, anew. To be run in a transaction. */
export function indexTicket(database: SqliteDatabase, number: number): void {
  const ticket = prepared(
    database,
    `SELECT tickets.subject, tickets.contact, customers.name, customers.email, customers.phone
       FROM tickets LEFT JOIN customers ON customers.id = tickets.customer_id WHERE number = ?`,
  ).get(number) as
    | { subject: string; contact: string; name: string | null; email: string | null; phone: string | null }
    | undefined;
  if (!ticket) return;
  const texts = prepared(
    database,
    `SELECT coalesce(messages.text, desk_events.data ->> 'text', '')
       FROM threads JOIN desk_events ON desk_events.thread_id = threads.id
         LEFT JOIN messages ON messages.id = desk_events.message_id
       WHERE threads.ticket = ? AND desk_events.type IN ('message-add', 'note-add')
       ORDER BY desk_events.position DESC LIMIT ?`,
  )
    .pluck()
    .all(number, INDEXED.events) as string[];
  const contact = JSON.parse(ticket.contact) as Record<string, string | null>;
  const people = [ticket.name, ticket.email, ticket.phone, ...Object.values(contact)]
    .filter(Boolean)
    .join(' ');
  prepared(database, 'DELETE FROM ticket_words WHERE rowid = ?').run(number);
  prepared(database, 'INSERT INTO ticket_words (rowid, subject, people, body) VALUES (?, ?, ?, ?)').run(
    number,
    withSignPairs(ticket.subject),
    withSignPairs(`${number} ${people}`),
    withSignPairs(texts.join('\n').slice(0, INDEXED.characters)),
  );
}
