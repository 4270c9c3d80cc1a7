import { randomUUID } from 'node:crypto';
import type { DeliveryRecord, OutboxStore, WebhookRecord } from '../outbox-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { pageOf, readCursor } from './page-cursor.ts';
import { runInStore } from './run-in-store.ts';
import { openSecret, sealSecret } from './sealed-fields.ts';

type WebhookRow = Omit<WebhookRecord, 'events' | 'disabled'> & { events: string; disabled: number };

const WEBHOOK = 'id, url, secret, events, description, disabled, created_at AS createdAt';
const DELIVERY = `id, kind, target, payload, type, state, attempts, next_at AS nextAt, last_error AS lastError,
  created_at AS createdAt`;
const SECRET = 'webhooks.secret';
const PLACE = 'outbox_position';
/** Delivered ones that are kept to look at. */
const KEPT_DONE = 10_000;

export function createSqliteOutboxStore(database: SqliteDatabase): OutboxStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const now = (): string => new Date().toISOString();
  const toWebhook = ({ events, disabled, secret, ...row }: WebhookRow): WebhookRecord => ({
    ...row,
    secret: openSecret(database, SECRET, row.id, secret),
    events: JSON.parse(events) as WebhookRecord['events'],
    disabled: disabled === 1,
  });
  const get = (id: string): WebhookRecord | null => {
    const row = database.prepare(`SELECT ${WEBHOOK} FROM webhooks WHERE id = ?`).get(id) as
      WebhookRow | undefined;
    return row ? toWebhook(row) : null;
  };
  return {
    addWebhook: ({ url, secret, events, description }) =>
      run(() => {
        const id = randomUUID();
        const sealed = sealSecret(database, SECRET, id, secret);
        database
          .prepare(
            'INSERT INTO webhooks (id, url, secret, events, description, created_at) VALUES (?, ?, ?, ?, ?, ?)',
          )
          .run(id, url, sealed, JSON.stringify(events), description, now());
        return get(id)!;
      }),
    listWebhooks: () =>
      run(() =>
        (
          database.prepare(`SELECT ${WEBHOOK} FROM webhooks ORDER BY created_at, id`).all() as WebhookRow[]
        ).map(toWebhook),
      ),
    getWebhook: (id) => run(() => get(id)),
    changeWebhook: (id, change) =>
      run(() => {
        const before = get(id);
        if (!before) return null;
        const { url, events, description, disabled } = { ...before, ...change };
        database
          .prepare('UPDATE webhooks SET url = ?, events = ?, description = ?, disabled = ? WHERE id = ?')
          .run(url, JSON.stringify(events), description, disabled ? 1 : 0, id);
        return get(id);
      }),
    removeWebhook: (id) =>
      run(() => {
        database
          .prepare("DELETE FROM outbox WHERE kind = 'webhook' AND target = ? AND state = 'pending'")
          .run(id);
        return database.prepare('DELETE FROM webhooks WHERE id = ?').run(id).changes > 0;
      }),
    filledUpTo: () =>
      run(() => {
        const place = database.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(PLACE);
        return place === undefined ? null : Number(place);
      }),
    fill: (position, deliveries) =>
      run(() =>
        database
          .transaction(() => {
            const insert = database.prepare(
              `INSERT OR IGNORE INTO outbox (id, kind, target, payload, type, next_at, created_at)
               VALUES (@id, @kind, @target, @payload, @type, @at, @at)`,
            );
            for (const delivery of deliveries) insert.run({ ...delivery, at: now() });
            database
              .prepare(
                'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
              )
              .run(PLACE, String(position));
          })
          .immediate(),
      ),
    nextDue: (at, limit) =>
      run(
        () =>
          database
            .prepare(
              `SELECT ${DELIVERY} FROM outbox WHERE state = 'pending' AND next_at <= ?
               ORDER BY next_at, sequence LIMIT ?`,
            )
            .all(at, limit) as DeliveryRecord[],
      ),
    nextTime: () =>
      run(
        () =>
          database.prepare("SELECT min(next_at) FROM outbox WHERE state = 'pending'").pluck().get() as
            string | null,
      ),
    finish: (id, { state, nextAt, error }) =>
      run(() => {
        database
          .prepare(
            'UPDATE outbox SET state = ?, attempts = attempts + 1, next_at = ?, last_error = ? WHERE id = ?',
          )
          .run(state, nextAt, error, id);
        if (state === 'done')
          database
            .prepare(
              `DELETE FROM outbox WHERE state = 'done' AND sequence <=
               (SELECT sequence FROM outbox WHERE state = 'done' ORDER BY sequence DESC LIMIT 1 OFFSET ?)`,
            )
            .run(KEPT_DONE);
      }),
    list: ({ state }, page) =>
      run(() => {
        const place = readCursor(page.cursor, 1);
        const rows = database
          .prepare(
            `SELECT ${DELIVERY}, sequence FROM outbox WHERE sequence < @before ${state ? 'AND state = @state' : ''}
             ORDER BY sequence DESC LIMIT @limit`,
          )
          .all({
            before: place?.[0] ?? Number.MAX_SAFE_INTEGER,
            state,
            limit: page.limit + 1,
          }) as (DeliveryRecord & {
          sequence: number;
        })[];
        return pageOf(
          rows,
          page.limit,
          ({ sequence: _, ...row }) => row,
          ({ sequence }) => [sequence],
        );
      }),
    replay: (id, at) =>
      run(
        () =>
          database
            .prepare("UPDATE outbox SET state = 'pending', attempts = 0, next_at = ? WHERE id = ?")
            .run(at, id).changes > 0,
      ),
  };
}
