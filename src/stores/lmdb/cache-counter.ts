import type { CacheName } from '../memory-contracts.ts';
import type { Environment } from './environment.ts';
import type { Clock } from './environment-types.ts';
import { COUNTING } from './memory-settings.ts';
import { decodeJsonRecord, encodeJsonRecord } from './record.ts';
import { recordKey } from './record-key.ts';

interface Lookups {
  hits: number;
  misses: number;
}

export interface CacheCounter {
  /** Resolves when nothing was due, or when the counts are written. */
  count(name: CacheName, hit: boolean): Promise<void>;
  of(name: CacheName): Lookups;
  save(): Promise<void>;
}

const KEY = recordKey('counts');

/** Hits and misses, counted in memory and written down now and then; they go on after a restart. */
export async function createCacheCounter(environment: Environment, now: Clock): Promise<CacheCounter> {
  const none = (): Lookups => ({ hits: 0, misses: 0 });
  const counts: Record<CacheName, Lookups> = {
    embedding: none(),
    intent: none(),
    retrieval: none(),
    answer: none(),
  };
  const stored = await environment.use((tables) => tables('counts').getBinary(KEY));
  if (stored) Object.assign(counts, decodeJsonRecord<typeof counts>(stored)?.content);
  let unsaved = 0;
  const save = (): Promise<void> => {
    unsaved = 0;
    return environment.use(async (tables) => {
      await tables('counts').put(KEY, encodeJsonRecord(now(), counts));
    });
  };
  return {
    count: async (name, hit) => {
      counts[name][hit ? 'hits' : 'misses'] += 1;
      unsaved += 1;
      if (unsaved >= COUNTING.savedEvery) await save();
    },
    of: (name) => ({ ...counts[name] }),
    save,
  };
}
