import { randomUUID } from 'node:crypto';
import type { ConsentRecord, CustomerChange, CustomerRecord, CustomerStore } from '../customer-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { pageOf, readCursor } from './page-cursor.ts';
import { runInStore } from './run-in-store.ts';

type Row = Omit<CustomerRecord, 'vip' | 'attributes'> & { vip: number; attributes: string };

const COLUMNS = `id, name, email, phone, subject, language, vip, notes, attributes, merged_into AS mergedInto,
  created_at AS createdAt, updated_at AS updatedAt`;

function toCustomer(row: Row): CustomerRecord {
  return {
    ...row,
    vip: row.vip === 1,
    attributes: JSON.parse(row.attributes) as Record<string, string>,
  };
}

function keyOf(email: string | null): string | null {
  return email === null ? null : email.trim().normalize('NFC').toLowerCase();
}

export function createSqliteCustomerStore(database: SqliteDatabase): CustomerStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const now = (): string => new Date().toISOString();
  const one = (where: string, value: string | null): CustomerRecord | null => {
    const row = database.prepare(`SELECT ${COLUMNS} FROM customers WHERE ${where} LIMIT 1`).get(value) as
      Row | undefined;
    return row ? toCustomer(row) : null;
  };
  const get = (id: string): CustomerRecord | null => one('id = ?', id);
  const write = (customer: CustomerRecord): void => {
    database
      .prepare(
        `UPDATE customers SET name = ?, email = ?, email_key = ?, phone = ?, language = ?, vip = ?, notes = ?,
         attributes = ?, subject = ?, updated_at = ? WHERE id = ?`,
      )
      .run(
        customer.name,
        customer.email,
        keyOf(customer.email),
        customer.phone,
        customer.language,
        customer.vip ? 1 : 0,
        customer.notes,
        JSON.stringify(customer.attributes),
        customer.subject,
        now(),
        customer.id,
      );
  };
  const change = (id: string, wanted: CustomerChange): CustomerRecord | null => {
    const before = get(id);
    if (!before) return null;
    write({ ...before, ...wanted });
    return get(id);
  };
  const merge = database.transaction((from: string, into: string): CustomerRecord | null => {
    const [gone, kept] = [get(from), get(into)];
    if (!gone || !kept) return null;
    for (const table of ['threads', 'tickets', 'consents'])
      database.prepare(`UPDATE ${table} SET customer_id = ? WHERE customer_id = ?`).run(into, from);
    database
      .prepare('UPDATE customers SET merged_into = ?, subject = NULL, updated_at = ? WHERE id = ?')
      .run(into, now(), from);
    write({
      ...kept,
      name: kept.name ?? gone.name,
      email: kept.email ?? gone.email,
      phone: kept.phone ?? gone.phone,
      language: kept.language ?? gone.language,
      subject: kept.subject ?? gone.subject,
      vip: kept.vip || gone.vip,
      notes: [kept.notes, gone.notes].filter(Boolean).join('\n'),
      attributes: { ...gone.attributes, ...kept.attributes },
    });
    return get(into);
  });
  return {
    create: ({ subject = null, ...rest }) =>
      run(() => {
        const id = randomUUID();
        database
          .prepare('INSERT INTO customers (id, subject, created_at, updated_at) VALUES (?, ?, ?, ?)')
          .run(id, subject, now(), now());
        return change(id, rest)!;
      }),
    get: (id) => run(() => get(id)),
    findBySubject: (subject) => run(() => one('subject = ? AND merged_into IS NULL', subject)),
    findByEmail: (email) =>
      run(() => one('email_key = ? AND merged_into IS NULL ORDER BY created_at, id', keyOf(email))),
    list: ({ text }, page) =>
      run(() => {
        const place = readCursor(page.cursor, 2);
        const like = `%${(text ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`;
        const rows = database
          .prepare(
            `SELECT ${COLUMNS} FROM customers WHERE merged_into IS NULL
             ${text ? "AND (name LIKE @like ESCAPE '\\' OR email LIKE @like ESCAPE '\\' OR phone LIKE @like ESCAPE '\\')" : ''}
             ${place ? 'AND (updated_at, id) < (@time, @id)' : ''}
             ORDER BY updated_at DESC, id DESC LIMIT @limit`,
          )
          .all({ like, time: place?.[0], id: place?.[1], limit: page.limit + 1 }) as Row[];
        return pageOf(rows, page.limit, toCustomer, ({ updatedAt, id }) => [updatedAt, id]);
      }),
    change: (id, wanted) => run(() => change(id, wanted)),
    merge: (from, into) => run(() => merge.immediate(from, into)),
    addConsent: (id, { purpose, given, source, by }) =>
      run(
        () =>
          void database
            .prepare(
              'INSERT INTO consents (customer_id, purpose, given, source, "by", at) VALUES (?, ?, ?, ?, ?, ?)',
            )
            .run(id, purpose, given ? 1 : 0, source, by, now()),
      ),
    listConsents: (id) =>
      run(() =>
        (
          database
            .prepare(
              'SELECT purpose, given, source, "by", at FROM consents WHERE customer_id = ? ORDER BY sequence DESC',
            )
            .all(id) as (Omit<ConsentRecord, 'given'> & { given: number })[]
        ).map(({ given, ...rest }) => ({ ...rest, given: given === 1 })),
      ),
  };
}
