import { join, resolve } from 'node:path';
import type { AllowanceStore, Cache, CustomerMemory, SessionStore } from '../memory-contracts.ts';
import { ALLOWANCE_TABLE, createLmdbAllowanceStore } from './allowance-store.ts';
import { ANSWER_TABLES, CACHE_TABLES, openLmdbCache, type LmdbCacheOptions } from './cache.ts';
import { createLmdbCustomerMemory, CUSTOMER_TABLE } from './customer-memory.ts';
import { openEnvironment, type Environment } from './environment.ts';
import type { Clock, Log } from './environment-types.ts';
import { createLmdbSessionStore, SESSION_TABLE } from './session-store.ts';

export interface OpenMemoryOptions {
  /** The data folder; everything lies under memory/ in it. */
  folder: string;
  /** Milliseconds after which a session without a message is gone. */
  sessionTimeToLive?: number;
  limits?: LmdbCacheOptions['limits'];
  now?: Clock;
  log?: Log;
  signal?: AbortSignal;
}

export interface Memory {
  readonly cache: Cache;
  readonly sessions: SessionStore;
  readonly customers: CustomerMemory;
  /** What visitors, networks and keys may still do. */
  readonly allowances: AllowanceStore;
  /** Drops every kept answer, and every byte of them: they may quote a document that is gone. */
  forgetAnswers(): Promise<void>;
  /** Drops everything that was kept of questions, and every byte of it: they may be a person's words. */
  forgetQuestions(): Promise<void>;
  /** Writes the personal part anew, so that no byte of removed or outdated sessions is left in its file. */
  dropRemovedBytes(): Promise<void>;
  /** Copies the personal part, as it is at one moment, into a new folder; the rest is derived. */
  copyPersonal(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** Folder of the personal part, under the data folder. */
export const PERSONAL_FOLDER = join('memory', 'personal');

/** The personal part alone, for a copy of a folder that no server has open. @throws as `openMemory` */
export async function openPersonal(folder: string, log: Log): Promise<Environment> {
  const path = join(resolve(folder), PERSONAL_FOLDER);
  return openEnvironment({ path, tables: [SESSION_TABLE, CUSTOMER_TABLE], durable: true, log });
}

/**
 * What may be forgotten, under `memory/` of the data folder, which the caller has locked. Four environments:
 * `caches` is busy, derived, and quick to write; `answers` is written anew when a document that they may quote
 * is gone; `limits` holds what may still be done, under hashes; `personal` (sessions, and facts that customers agreed to) is on
 * the disk before it is acknowledged, is not lost when a cache is damaged, and is small enough to be written anew
 * at every erasure.
 * @throws data_folder_locked when it is open already, storage_*, cancelled
 */
export async function openMemory(options: OpenMemoryOptions): Promise<Memory> {
  const { log = () => undefined, now = Date.now } = options;
  const folder = join(resolve(options.folder), 'memory');
  const opened: Environment[] = [];
  const open = async (name: string, tables: readonly string[], durable: boolean): Promise<Environment> => {
    const signal = options.signal ? { signal: options.signal } : {};
    const environment = await openEnvironment({ path: join(folder, name), tables, durable, log, ...signal });
    opened.push(environment);
    return environment;
  };
  try {
    const caches = await open('caches', CACHE_TABLES, false);
    const answers = await open('answers', ANSWER_TABLES, false);
    const limits = await open('limits', [ALLOWANCE_TABLE], false);
    const personal = await open('personal', [SESSION_TABLE, CUSTOMER_TABLE], true);
    const cache = await openLmdbCache(
      { answers, others: caches },
      {
        now,
        log,
        ...(options.limits && { limits: options.limits }),
      },
    );
    const timeToLive = options.sessionTimeToLive;
    // What an earlier program run left is not known to be nothing.
    let kept = true;
    return {
      cache: {
        ...cache,
        put: async (name, key, versions, value) => {
          if (name === 'answer') kept = true;
          await cache.put(name, key, versions, value);
        },
      },
      forgetAnswers: async () => {
        // An import of a thousand documents must not write the file a thousand times.
        if (!kept) return;
        kept = false;
        await cache.clear('answer');
        await answers.rewrite();
      },
      forgetQuestions: async () => {
        await cache.clear();
        kept = false;
        await Promise.all([answers.rewrite(), caches.rewrite()]);
      },
      sessions: createLmdbSessionStore(personal, { now, ...(timeToLive !== undefined && { timeToLive }) }),
      customers: createLmdbCustomerMemory(personal, { now }),
      allowances: createLmdbAllowanceStore(limits, { now, log }),
      dropRemovedBytes: () => personal.rewrite(),
      copyPersonal: (target) => personal.copyInto(target),
      close: async () => {
        await cache.saveCounts();
        for (const environment of opened) await environment.close();
      },
    };
  } catch (error) {
    for (const environment of opened) await environment.close();
    throw error;
  }
}
