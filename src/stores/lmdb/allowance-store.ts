import type { Allowance, AllowanceStore } from '../memory-contracts.ts';
import { reasonOf } from '../../errors.ts';
import type { Environment } from './environment.ts';
import type { Clock, Log } from './environment-types.ts';
import { ALLOWANCES } from './memory-settings.ts';
import { decodeJsonRecord, encodeJsonRecord } from './record.ts';
import { recordKey } from './record-key.ts';

export const ALLOWANCE_TABLE = 'allowances';

/**
 * Allowances in LMDB, an environment of their own: written behind, so that no request waits for the disk. What fails
 * is told of once and passed over: counting goes on in memory.
 */
export function createLmdbAllowanceStore(
  environment: Environment,
  { now = Date.now, log = () => undefined }: { now?: Clock; log?: Log } = {},
): AllowanceStore {
  let written = 0;
  let told = false;
  const forgive = (error: unknown): void => {
    if (!told) log('warn', `Limits could not be kept: ${reasonOf(error)}`);
    told = true;
  };
  const sweep = (): Promise<void> =>
    environment.use(async (tables) => {
      const table = tables(ALLOWANCE_TABLE);
      const gone: Buffer[] = [];
      for (const { key, value } of table.getRange()) {
        const record = decodeJsonRecord(value);
        if (record === null || now() - record.time > ALLOWANCES.keptMs) gone.push(Buffer.from(key));
      }
      await Promise.all(gone.map((key) => table.remove(key)));
    });
  return {
    get: (key) =>
      environment
        .use((tables) => {
          const bytes = tables(ALLOWANCE_TABLE).getBinary(recordKey(key));
          const record = bytes ? decodeJsonRecord<Pick<Allowance, 'left'>>(bytes) : null;
          return record === null ? null : { left: record.content.left, at: record.time };
        })
        .catch((error: unknown) => {
          forgive(error);
          return null;
        }),
    put: (key, { left, at }) => {
      written += 1;
      environment
        .use(async (tables) => {
          await tables(ALLOWANCE_TABLE).put(recordKey(key), encodeJsonRecord(at, { left }));
        })
        .then(() => (written % ALLOWANCES.sweptEvery === 0 ? sweep() : undefined))
        .catch(forgive);
    },
  };
}
