import { setTimeout as wait } from 'node:timers/promises';
import { AnswerboxError } from '../../errors.ts';
import type { Identity, PrivacyStore } from '../privacy-contracts.ts';
import { dropRemovedWords, erasePerson } from './erase-person.ts';
import { expiredCustomers, removeCustomers } from './expired-customers.ts';
import { findPerson } from './find-person.ts';
import type { SqliteDatabase } from './open-database.ts';
import { mentionsOf } from './person-mentions.ts';
import { countPerson, readPerson } from './read-person.ts';
import { countExpired, removeExpired } from './remove-expired.ts';
import { runInStore } from './run-in-store.ts';

/** Tries at writing the file anew, and milliseconds between: a statement that is being read from hinders it. */
const REWRITE = { tries: 20, restMs: 250 } as const;

export function createSqlitePrivacyStore(database: SqliteDatabase): PrivacyStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const read = <Result>(work: () => Result): Promise<Result> => run(() => database.transaction(work)());
  const write = <Result>(work: () => Result): Promise<Result> =>
    run(() => database.transaction(work).immediate());
  return {
    find: (query) => read(() => findPerson(database, query)),
    count: (person) => read(() => countPerson(database, person)),
    read: (person) => read(() => readPerson(database, person)),
    erase: (person) =>
      write(() => {
        const counts = erasePerson(database, person);
        dropRemovedWords(database);
        return counts;
      }),
    dropRemovedBytes: () => rewriteFile(database),
    countDocumentMentions: (person) =>
      read(() => {
        const mentions = mentionsOf(person);
        if (mentions === null) return 0;
        const forms = [...person.emails, ...person.names.filter((name) => /\s/.test(name))];
        return database
          .prepare(
            `SELECT count(*) FROM documents WHERE EXISTS (
               SELECT 1 FROM json_each(?) WHERE instr(lower(documents.text), lower(json_each.value)) > 0)`,
          )
          .pluck()
          .get(JSON.stringify(forms)) as number;
      }),
    identities: (after, limit) => read(() => identitiesAfter(database, after, limit)),
    countExpired: (limits, now) => read(() => countExpired(database, { ...limits, now })),
    countAll: () =>
      run(
        () =>
          database
            .prepare(
              `SELECT (SELECT count(*) FROM conversations) AS conversations,
                 (SELECT count(*) FROM tickets) AS tickets, (SELECT count(*) FROM traces) AS traces,
                 (SELECT count(*) FROM customers WHERE merged_into IS NULL) AS customers`,
            )
            .get() as Awaited<ReturnType<PrivacyStore['countAll']>>,
      ),
    newestRow: () =>
      run(
        () =>
          database
            .prepare(
              `SELECT max(at) FROM (SELECT max(updated_at) AS at FROM threads
                 UNION ALL SELECT max(updated_at) FROM tickets UNION ALL SELECT max(created_at) FROM traces)`,
            )
            .pluck()
            .get() as string | null,
      ),
    removeExpired: (limits, now, most) => write(() => removeExpired(database, { ...limits, now }, most)),
    expiredCustomers: (before) => read(() => expiredCustomers(database, before)),
    removeCustomers: (before, ids) => write(() => removeCustomers(database, before, ids)),
  };
}

/** @throws storage_failed when somebody read from the file all the while; done again, it goes on */
async function rewriteFile(database: SqliteDatabase): Promise<void> {
  for (let left = REWRITE.tries; ; left -= 1) {
    try {
      await runInStore(database, () => {
        database.exec('VACUUM');
      });
      const [state] = (await runInStore(database, () => database.pragma('wal_checkpoint(TRUNCATE)'))) as {
        busy: number;
      }[];
      if (state?.busy === 0) return;
      throw new AnswerboxError('storage_failed', {
        path: database.name,
        reason: 'another program reads its log; end it',
      });
    } catch (error) {
      if (left <= 1) throw error;
      await wait(REWRITE.restMs);
    }
  }
}

function identitiesAfter(
  database: SqliteDatabase,
  after: { customers: string; conversations: string },
  limit: number,
): Identity[] {
  const customers = database
    .prepare('SELECT id, subject, email_key AS email FROM customers WHERE id > ? ORDER BY id LIMIT ?')
    .all(after.customers, limit) as { id: string; subject: string | null; email: string | null }[];
  const conversations = database
    .prepare('SELECT id FROM conversations WHERE id > ? ORDER BY id LIMIT ?')
    .pluck()
    .all(after.conversations, limit) as string[];
  return [
    ...(after.customers === '' && after.conversations === '' ? otherEmails(database) : []),
    ...customers.flatMap(({ id, subject, email }): Identity[] => [
      { kind: 'customers', value: id, table: 'customers', id },
      ...(subject === null
        ? []
        : [{ kind: 'subjects' as const, value: subject, table: 'customers' as const, id }]),
      ...(email === null ? [] : [{ kind: 'emails' as const, value: email, table: 'customers' as const, id }]),
    ]),
    ...conversations.map((id): Identity => ({
      kind: 'conversations',
      value: id,
      table: 'conversations',
      id,
    })),
  ];
}

/** Addresses that orders and tickets name without a customer of ours, in the first page. */
function otherEmails(database: SqliteDatabase): Identity[] {
  const emails = database
    .prepare(
      `SELECT lower(email) FROM orders WHERE email <> '' UNION
       SELECT lower(contact ->> '$.email') FROM tickets WHERE contact ->> '$.email' IS NOT NULL`,
    )
    .pluck()
    .all() as string[];
  return emails.map((value) => ({ kind: 'emails', value, table: 'customers', id: '' }));
}
