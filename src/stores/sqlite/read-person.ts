import { inflateRawSync } from 'node:zlib';
import type { Person, RowCounts } from '../privacy-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { openContent } from './sealed-fields.ts';

/** What belongs to a person, by table: the name of an export's list, and the rows. */
export const PERSON_ROWS = {
  customers: 'customers WHERE id IN (SELECT value FROM json_each(@customers))',
  consents: 'consents WHERE customer_id IN (SELECT value FROM json_each(@customers))',
  tickets: 'tickets WHERE number IN (SELECT value FROM json_each(@tickets))',
  threads: 'threads WHERE id IN (SELECT value FROM json_each(@threads))',
  messages: 'messages WHERE conversation_id IN (SELECT value FROM json_each(@conversations))',
  events: `desk_events WHERE thread_id IN (SELECT value FROM json_each(@threads))
    OR ticket IN (SELECT value FROM json_each(@tickets))`,
  feedback: `feedback WHERE message_id IN (SELECT id FROM messages
    WHERE conversation_id IN (SELECT value FROM json_each(@conversations)))`,
  traces: `traces WHERE message_id IN (SELECT id FROM messages
    WHERE conversation_id IN (SELECT value FROM json_each(@conversations)))`,
  attachments: 'attachments WHERE conversation_id IN (SELECT value FROM json_each(@conversations))',
  drafts: 'drafts WHERE thread_id IN (SELECT value FROM json_each(@threads))',
  deliveries: `outbox WHERE lower(target) IN (SELECT value FROM json_each(@emails))
    OR substr(id, 1, instr(id, '.') - 1) IN (SELECT id FROM desk_events
      WHERE thread_id IN (SELECT value FROM json_each(@threads))
      OR ticket IN (SELECT value FROM json_each(@tickets)))`,
  orders: 'orders WHERE number IN (SELECT value FROM json_each(@orders))',
} as const;

/** The lists of a person as the statements above take them. */
export function listsOf(person: Person): Record<string, string> {
  return Object.fromEntries(Object.entries(person).map(([name, list]) => [name, JSON.stringify(list)]));
}

export function countPerson(database: SqliteDatabase, person: Person): RowCounts {
  const counts: RowCounts = {};
  for (const [name, rows] of Object.entries(PERSON_ROWS))
    counts[name] = database.prepare(`SELECT count(*) FROM ${rows}`).pluck().get(listsOf(person)) as number;
  return counts;
}

/** Columns that open something or are only how it is stored. */
const HIDDEN = ['conversation_id', 'email_key', 'bytes', 'key'];
const JSON_COLUMNS = [
  'attributes',
  'contact',
  'tags',
  'handover',
  'data',
  'answer',
  'items',
  'payload',
  'metadata',
];

export function readPerson(database: SqliteDatabase, person: Person): Record<string, unknown[]> {
  const shown: Record<string, unknown[]> = {};
  for (const [name, rows] of Object.entries(PERSON_ROWS)) {
    const found = database.prepare(`SELECT * FROM ${rows}`).all(listsOf(person)) as Record<string, unknown>[];
    shown[name] = found.map((row) => readable(opened(database, name, row)));
  }
  return shown;
}

/** What may be encrypted, in plain; files as base64. */
function opened(
  database: SqliteDatabase,
  table: string,
  row: Record<string, unknown>,
): Record<string, unknown> {
  if (table === 'traces') {
    const { message_id: id, trace } = row as { message_id: string; trace: Uint8Array };
    return { ...row, trace: Buffer.from(openContent(database, 'traces.trace', id, trace)) };
  }
  if (table !== 'attachments') return row;
  const { id, content } = row as { id: string; content: Uint8Array };
  const plain = openContent(database, 'attachments.content', id, content);
  return { ...row, content: Buffer.from(plain).toString('base64') };
}

function readable(row: Record<string, unknown>): Record<string, unknown> {
  const shown = Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !HIDDEN.includes(name))
      .map(([name, value]) => [name, JSON_COLUMNS.includes(name) ? parsed(value) : value]),
  );
  if (Buffer.isBuffer(shown['trace']))
    shown['trace'] = parsed(inflateRawSync(shown['trace']).toString('utf8'));
  return withoutKeys(shown) as Record<string, unknown>;
}

/** Answers and traces name the conversation inside as well. */
function withoutKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'conversation_id')
      .map(([name, one]) => [name, withoutKeys(one)]),
  );
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
