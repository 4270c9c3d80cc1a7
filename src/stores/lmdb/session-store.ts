import type { Session, SessionStore } from '../memory-contracts.ts';
import type { Environment } from './environment.ts';
import type { Clock, Table } from './environment-types.ts';
import { SESSIONS } from './memory-settings.ts';
import { decodeJsonRecord, encodeJsonRecord } from './record.ts';
import { recordKey } from './record-key.ts';

export const SESSION_TABLE = 'sessions';

export interface LmdbSessionOptions {
  /** Milliseconds since the last `put` after which a session is gone. */
  timeToLive?: number;
  now?: Clock;
}

/** Sessions in LMDB; those that are gone are swept away now and then, as sessions are written. */
export function createLmdbSessionStore(
  environment: Environment,
  { timeToLive = SESSIONS.timeToLive, now = Date.now }: LmdbSessionOptions = {},
): SessionStore {
  let written = 0;
  const isGone = (time: number): boolean => now() - time >= timeToLive;
  return {
    get: (conversationId) =>
      environment.use((tables) => {
        const bytes = tables(SESSION_TABLE).getBinary(recordKey(conversationId));
        const record = bytes ? decodeJsonRecord<Session>(bytes) : null;
        return record === null || isGone(record.time) ? null : record.content;
      }),
    put: (session) =>
      environment.use(async (tables) => {
        written += 1;
        if (written % SESSIONS.sweptEvery === 0) await sweep(tables(SESSION_TABLE), isGone);
        await tables(SESSION_TABLE).put(recordKey(session.conversationId), encodeJsonRecord(now(), session));
      }),
    remove: (conversationId) =>
      environment.use(async (tables) => {
        await tables(SESSION_TABLE).remove(recordKey(conversationId));
      }),
  };
}

async function sweep(table: Table, isGone: (time: number) => boolean): Promise<void> {
  const gone: Buffer[] = [];
  for (const { key, value } of table.getRange()) {
    const record = decodeJsonRecord(value);
    if (record === null || isGone(record.time)) gone.push(key);
  }
  await Promise.all(gone.map((key) => table.remove(key)));
}
