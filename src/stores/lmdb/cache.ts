import { CACHES, type Cache, type CacheCounts, type CacheName } from '../memory-contracts.ts';
import { reasonOf } from '../../errors.ts';
import { createCacheCounter, type CacheCounter } from './cache-counter.ts';
import type { Environment } from './environment.ts';
import type { Clock, Log, Table } from './environment-types.ts';
import { CACHE_LIMITS, type CacheLimit } from './memory-settings.ts';
import { decodeRecord, encodeRecord } from './record.ts';
import { recordKey } from './record-key.ts';

/** Answers quote documents: a file of their own is soon written anew when one is removed. */
export const ANSWER_TABLES = ['answer'] as const;
export const CACHE_TABLES = ['embedding', 'intent', 'retrieval', 'counts'] as const;

export interface CacheEnvironments {
  answers: Environment;
  others: Environment;
}

export interface LmdbCacheOptions {
  limits?: Readonly<Record<CacheName, CacheLimit>>;
  now?: Clock;
  log?: Log;
}

/** A cache whose counts are to be saved before its environment is closed. */
export type LmdbCache = Cache & { saveCounts(): Promise<void> };

/**
 * Caches in LMDB. Which entry goes next is kept in memory (least recently used first; after a start, least
 * recently stored), so that neither a hit nor an eviction costs a write of its own order. What
 * fails is told of and passed over: a question must not fail because of what only saves time.
 */
export async function openLmdbCache(
  environments: CacheEnvironments,
  { limits = CACHE_LIMITS, now = Date.now, log = () => undefined }: LmdbCacheOptions = {},
): Promise<LmdbCache> {
  const of = (name: CacheName): Environment => environments[name === 'answer' ? 'answers' : 'others'];
  const recency: Recency = {
    embedding: await of('embedding').use((tables) => readRecency(tables('embedding'))),
    intent: await of('intent').use((tables) => readRecency(tables('intent'))),
    retrieval: await of('retrieval').use((tables) => readRecency(tables('retrieval'))),
    answer: await of('answer').use((tables) => readRecency(tables('answer'))),
  };
  const counter = await createCacheCounter(environments.others, now);
  const tools: Tools = { of, recency, limits, now };
  const forgive = (error: unknown): void => log('warn', `A cache could not be used: ${reasonOf(error)}`);
  return {
    get: async (name, key, versions) => {
      const read = readEntry(name, recordKey(name, key), versions, tools);
      const value = await read.catch((error: unknown) => {
        forgive(error);
        return null;
      });
      counter.count(name, value !== null).catch(forgive);
      return value;
    },
    put: (name, key, versions, value) =>
      writeEntry(name, recordKey(name, key), { versions, value }, tools).catch(forgive),
    clear: async (name) => {
      for (const cleared of name ? [name] : CACHES) {
        recency[cleared].clear();
        await of(cleared).use((tables) => tables(cleared).clearAsync());
      }
    },
    counts: async () => countAll(recency, counter),
    saveCounts: () => counter.save().catch(forgive),
  };
}

type Recency = Record<CacheName, Set<string>>;

interface Tools {
  of: (name: CacheName) => Environment;
  /** Keys (Latin-1 of their bytes) in order of use, the one to go first at the front. */
  recency: Recency;
  limits: Readonly<Record<CacheName, CacheLimit>>;
  now: Clock;
}

const nameOf = (key: Buffer): string => key.toString('latin1');
const keyOf = (name: string): Buffer => Buffer.from(name, 'latin1');

function readRecency(table: Table): Set<string> {
  const found: { key: string; time: number }[] = [];
  for (const { key, value } of table.getRange())
    found.push({ key: nameOf(key), time: decodeRecord(value)?.time ?? 0 });
  found.sort((left, right) => left.time - right.time);
  return new Set(found.map(({ key }) => key));
}

function readEntry(name: CacheName, key: Buffer, versions: string, tools: Tools): Promise<Uint8Array | null> {
  return tools.of(name).use((tables) => {
    const bytes = tables(name).getBinary(key);
    if (bytes === undefined) return null;
    const record = decodeRecord(bytes);
    if (record?.label !== versions) return null;
    const age = tools.now() - record.time;
    // A clock that was set back makes ages negative; what comes from the future is not trusted either.
    if (age >= tools.limits[name].timeToLive || age < 0) return null;
    const recency = tools.recency[name];
    if (recency.delete(nameOf(key))) recency.add(nameOf(key));
    return record.value;
  });
}

function writeEntry(
  name: CacheName,
  key: Buffer,
  { versions, value }: { versions: string; value: Uint8Array },
  { of, recency, limits, now }: Tools,
): Promise<void> {
  return of(name).use(async (tables) => {
    const { entries, valueBytes } = limits[name];
    const used = recency[name];
    used.delete(nameOf(key));
    if (value.length > valueBytes) {
      await tables(name).remove(key);
      return;
    }
    used.add(nameOf(key));
    const writes = [tables(name).put(key, encodeRecord({ time: now(), label: versions, value }))];
    for (const oldest of used) {
      if (used.size <= entries) break;
      used.delete(oldest);
      writes.push(tables(name).remove(keyOf(oldest)));
    }
    await Promise.all(writes);
  });
}

function countAll(recency: Recency, counter: CacheCounter): Record<CacheName, CacheCounts> {
  const one = (name: CacheName): CacheCounts => ({ entries: recency[name].size, ...counter.of(name) });
  return {
    embedding: one('embedding'),
    intent: one('intent'),
    retrieval: one('retrieval'),
    answer: one('answer'),
  };
}
