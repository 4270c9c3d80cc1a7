import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { openMemory } from '../stores/lmdb/open-memory.ts';
import type { CacheCounts, CacheName } from '../stores/memory-contracts.ts';
import { lockFolder } from '../stores/sqlite/lock-folder.ts';
import { ok, warning, type Evidence, type Finding } from './doctor-types.ts';

type Counts = Record<CacheName, CacheCounts>;

const FIX = 'Stop the server and move the folder memory/ away; caches fill again by themselves.';

/** How often what was computed before was of use: of the running server, else of the data folder. */
export async function checkCaches(config: Config, signal: AbortSignal): Promise<Finding> {
  const folder = resolve(config.data_dir);
  if (!config.stored_answers) return ok('answers are not kept (stored_answers is off)');
  if (!existsSync(join(folder, 'memory'))) return ok('nothing is kept yet');
  try {
    const server = await findServer(config);
    const { caches, answers } = server ? await askServer(server, signal) : await readFolder(folder, signal);
    return ok(sayRates(caches), { ...rates(caches), ...answers });
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    const code = error instanceof AnswerboxError ? { code: error.code } : {};
    return warning(`The caches could not be looked at: ${reasonOf(error)}`, FIX, code);
  }
}

async function askServer(
  { url, token }: { url: string; token: string },
  signal: AbortSignal,
): Promise<{ caches: Counts; answers: Evidence }> {
  const response = await fetch(`${url}/api/v1/caches`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return (await response.json()) as { caches: Counts; answers: Evidence };
}

async function readFolder(
  folder: string,
  signal: AbortSignal,
): Promise<{ caches: Counts; answers: Evidence }> {
  const lock = lockFolder(folder);
  try {
    const memory = await openMemory({ folder, signal });
    try {
      return { caches: await memory.cache.counts(), answers: {} };
    } finally {
      await memory.close();
    }
  } finally {
    lock.release();
  }
}

function rates(caches: Counts): Evidence {
  return Object.fromEntries(
    Object.entries(caches).flatMap(([name, { entries, hits, misses }]) => [
      [`${name}_entries`, entries],
      [`${name}_hits`, hits],
      [`${name}_misses`, misses],
    ]),
  );
}

function sayRates(caches: Counts): string {
  const said = Object.entries(caches).map(([name, { entries, hits, misses }]) => {
    const share =
      hits + misses === 0 ? 'never asked' : `${Math.round((100 * hits) / (hits + misses))} % found`;
    return `${name} ${entries} (${share})`;
  });
  return `kept: ${said.join(', ')}`;
}
