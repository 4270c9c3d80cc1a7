import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { maskPersonal } from '../../text/mask-personal.ts';
import type { RetentionClass, RetentionLimits } from '../privacy-contracts.ts';
import { expiredCustomers } from './expired-customers.ts';
import { removeTickets } from './erase-person.ts';
import type { SqliteDatabase } from './open-database.ts';
import { mentionsOf } from './person-mentions.ts';

type Counts = Record<RetentionClass, number>;

/** What is too old, each as the rest of a statement. A conversation that waits for a person is never. */
const DONE = "state IN ('assistant', 'closed')";
const EXPIRED = {
  conversations: `threads WHERE ticket IS NULL AND ${DONE} AND updated_at < @conversations`,
  anonymise: `threads WHERE ticket IS NULL AND ${DONE} AND updated_at < @anonymise
    AND conversation_id NOT IN (SELECT conversation_id FROM anonymised)
    AND (@conversations IS NULL OR updated_at >= @conversations)`,
  tickets: "tickets WHERE status IN ('resolved', 'closed', 'merged') AND updated_at < @tickets",
  deliveries: "outbox WHERE state <> 'pending' AND created_at < @deliveries",
  traces: 'traces WHERE created_at < @traces',
  signIns: 'sign_ins WHERE expires_at <= @now',
} as const;

type Bound = RetentionLimits & { now: string };

export function countExpired(database: SqliteDatabase, limits: Bound): Counts {
  const count = (rows: string): number =>
    database.prepare(`SELECT count(*) FROM ${rows}`).pluck().get(limits) as number;
  return {
    conversations: count(EXPIRED.conversations),
    anonymise: count(EXPIRED.anonymise),
    tickets: count(EXPIRED.tickets),
    customers: expiredCustomers(database, limits.customers).length,
    deliveries: count(EXPIRED.deliveries),
    traces: count(EXPIRED.traces),
    signIns: count(EXPIRED.signIns),
  };
}

/** To be run in a transaction. */
export function removeExpired(
  database: SqliteDatabase,
  limits: Bound,
  most: number,
): { removed: Omit<Counts, 'customers'>; conversations: string[] } {
  const ids = <Id>(column: string, rows: string): Id[] =>
    database
      .prepare(`SELECT ${column} FROM ${rows} LIMIT @most`)
      .pluck()
      .all({ ...limits, most }) as Id[];
  const tickets = ids<number>('number', EXPIRED.tickets);
  const ofTickets = database
    .prepare(
      'SELECT conversation_id FROM threads WHERE ticket IN (SELECT value FROM json_each(?)) ORDER BY id',
    )
    .pluck()
    .all(JSON.stringify(tickets)) as string[];
  const old = ids<string>('conversation_id', EXPIRED.conversations);
  const gone = [...ofTickets, ...old];
  removeTickets(database, tickets);
  database
    .prepare('DELETE FROM conversations WHERE id IN (SELECT value FROM json_each(?))')
    .run(JSON.stringify(gone));
  const masked = ids<string>('conversation_id', EXPIRED.anonymise);
  for (const conversationId of masked) anonymise(database, conversationId, limits.now);
  const rowids = (rows: string, key: string): number =>
    database
      .prepare(`DELETE FROM ${rows.split(' ')[0]} WHERE ${key} IN (SELECT ${key} FROM ${rows} LIMIT @most)`)
      .run({ ...limits, most }).changes;
  return {
    removed: {
      conversations: old.length,
      anonymise: masked.length,
      tickets: tickets.length,
      deliveries: rowids(EXPIRED.deliveries, 'sequence'),
      traces: rowids(EXPIRED.traces, 'message_id'),
      signIns: rowids(EXPIRED.signIns, 'id'),
    },
    conversations: [...gone, ...masked],
  };
}

/** The question and its answer stay, for what is learned from them; who asked is nobody any more. */
function anonymise(database: SqliteDatabase, conversationId: string, now: string): void {
  const known = database
    .prepare(
      `SELECT customers.name, customers.email, customers.phone, customers.subject FROM threads
       JOIN customers ON customers.id = customer_id WHERE conversation_id = ?`,
    )
    .get(conversationId) as Record<'name' | 'email' | 'phone' | 'subject', string | null> | undefined;
  const list = (value: string | null | undefined): string[] => (value ? [value] : []);
  const names = {
    names: list(known?.name),
    emails: list(known?.email),
    phones: list(known?.phone),
    subjects: list(known?.subject),
  };
  const named = mentionsOf(names);
  const mask = (text: string): string =>
    maskPersonal(named === null ? text : text.replace(named, '[customer]'));
  maskMessages(database, conversationId, mask);
  const thread = database
    .prepare('SELECT subject, last_text AS last FROM threads WHERE conversation_id = ?')
    .get(conversationId) as { subject: string; last: string };
  database
    .prepare('UPDATE threads SET customer_id = NULL, subject = ?, last_text = ? WHERE conversation_id = ?')
    .run(mask(thread.subject), mask(thread.last), conversationId);
  // What nobody made an article of by now.
  database
    .prepare(
      "DELETE FROM knowledge_gaps WHERE status = 'open' AND message_id IN (SELECT id FROM messages WHERE conversation_id = ?)",
    )
    .run(conversationId);
  database.prepare("UPDATE conversations SET metadata = '{}' WHERE id = ?").run(conversationId);
  database.prepare('INSERT INTO anonymised VALUES (?, ?)').run(conversationId, now);
}

function maskMessages(
  database: SqliteDatabase,
  conversationId: string,
  mask: (text: string) => string,
): void {
  const messages = database
    .prepare('SELECT id, text, answer FROM messages WHERE conversation_id = ?')
    .all(conversationId) as { id: string; text: string; answer: string | null }[];
  for (const { id, text, answer } of messages) {
    database
      .prepare('UPDATE messages SET text = ?, answer = ? WHERE id = ?')
      .run(mask(text), answer === null ? null : maskJson(answer, mask), id);
    database
      .prepare('UPDATE feedback SET comment = ? WHERE message_id = ?')
      .run(maskComment(database, id, mask), id);
    const trace = database.prepare('SELECT trace FROM traces WHERE message_id = ?').pluck().get(id) as
      Buffer | undefined;
    if (trace === undefined) continue;
    const masked = deflateRawSync(maskJson(inflateRawSync(trace).toString('utf8'), mask));
    database
      .prepare('UPDATE traces SET trace = ?, bytes = ? WHERE message_id = ?')
      .run(masked, masked.byteLength, id);
  }
}

function maskComment(database: SqliteDatabase, id: string, mask: (text: string) => string): string | null {
  const comment = database.prepare('SELECT comment FROM feedback WHERE message_id = ?').pluck().get(id);
  return typeof comment === 'string' ? mask(comment) : null;
}

/** Texts in it alone: an id of digits and hyphens is none. An order's own data goes. */
function maskJson(json: string, mask: (text: string) => string): string {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return /[\s@]|^\+/.test(value) ? mask(value) : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, name === 'order' ? null : walk(one)]),
    );
  };
  return JSON.stringify(walk(JSON.parse(json)));
}
