import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { CLI } from '../shop-files.ts';
import type { CrashClient } from './crash-client.ts';
import { CRASH } from './crash-settings.ts';
import { findHalfStates } from './find-half-states.ts';
import { findLost } from './find-lost.ts';
import { findPersons } from './find-persons.ts';
import type { Ledger } from './ledger.ts';
import { finishAsk, finishReply, type AuditVerdict } from './run-load.ts';

export interface KeptOptions {
  dataFolder: string;
  /** Folder for a restored backup, made and removed. */
  restoreFolder: string;
  client: CrashClient;
  ledger: Ledger;
  /** First line of the ledger that is of the last load. */
  since: number;
  /** Whether the last backup is restored and compared. */
  restore: boolean;
}

/** Everything that is wrong with a server that was killed and has started again, in words. */
export async function checkKept(options: KeptOptions): Promise<string[]> {
  const { dataFolder, client, ledger, since } = options;
  // Under their own ids: what came through before the kill is not done twice.
  for (const line of ledger.open('ask', 'id', since)) await finishAsk(client, ledger, line);
  for (const line of ledger.open('reply', 'id', since)) await finishReply(client, ledger, line);
  const found = await checkServer(client, ledger);
  const database = new Database(join(dataFolder, 'answerbox.sqlite'), { readonly: true });
  try {
    found.push(...findHalfStates(database), ...findLost(database, ledger));
    found.push(...findPersons(dataFolder, ledger, counterOf(database)));
  } finally {
    database.close();
  }
  if (options.restore) found.push(...(await checkBackup(options)));
  return found;
}

interface Readiness {
  chunks: number;
  indexed: number;
  faults: { part: string; state: string; message: string }[];
}

/** Waits for the jobs, then compares what the server says of itself. */
async function checkServer(client: CrashClient, ledger: Ledger): Promise<string[]> {
  const found: string[] = [];
  const deadline = performance.now() + CRASH.jobsMs;
  for (;;) {
    const { body } = await client.call<{ jobs: { finished_at: string | null }[] }>(
      'GET',
      '/api/v1/jobs?limit=100',
    );
    const open = body.jobs.filter((job) => job.finished_at === null);
    if (open.length === 0) break;
    if (performance.now() > deadline) return [`${open.length} jobs were not done in time`];
    await wait(100);
  }
  const { body: state } = await client.call<Readiness>('GET', '/readyz');
  if (state.indexed !== state.chunks)
    found.push(`the index holds ${state.indexed} of ${state.chunks} chunks`);
  for (const fault of state.faults) found.push(`fault ${fault.part} is ${fault.state}: ${fault.message}`);
  const head = ledger.of('head').at(-1)?.head;
  const { status, body: verdict } = await client.call<AuditVerdict>(
    'GET',
    `/api/v1/audit/verify${head === undefined ? '' : `?head=${encodeURIComponent(head)}`}`,
  );
  if (status !== 200 || verdict.first_bad !== null)
    found.push(`the audit does not lead from ${head}: ${status} ${JSON.stringify(verdict)}`);
  found.push(...(await checkKeys(client, ledger)), ...(await checkLook(client, ledger)));
  return found;
}

async function checkKeys(client: CrashClient, ledger: Ledger): Promise<string[]> {
  const asked = new Set(ledger.of('key-removed').map(({ id }) => id));
  const removed = new Set(ledger.acknowledged('key-removed').map(({ id }) => id));
  const found: string[] = [];
  // The last ones: all of them would be most of the run.
  for (const { id, key } of ledger.of('key').slice(-8)) {
    const { status } = await client.call('GET', '/api/v1/tickets?limit=1', undefined, key);
    if (removed.has(id) ? status !== 401 : !asked.has(id) && status !== 200)
      found.push(`key ${id} is answered ${status}`);
  }
  return found;
}

/** A few of the acknowledged conversations by the routes that customers and staff use. */
async function checkLook(client: CrashClient, ledger: Ledger): Promise<string[]> {
  const found: string[] = [];
  for (const { conversation, answer } of ledger.acknowledged('ask').slice(-4)) {
    const { status, body } = await client.call<{ messages?: { id: string }[] }>(
      'GET',
      `/api/v1/conversations/${conversation}`,
    );
    if (status !== 200 || !body.messages?.some(({ id }) => id === answer))
      found.push(`conversation ${conversation} is answered ${status} without ${answer}`);
  }
  const words = ledger.of('document-there').slice(-2);
  const gone = new Set(ledger.of('document-removed').map(({ source }) => source));
  for (const { source } of words.filter((one) => !gone.has(one.source))) {
    const word = source.replace('page-', '');
    const { body } = await client.call<unknown>('POST', '/api/v1/search', {
      query: `gate of hall ${word}`,
      limit: 5,
    });
    if (!JSON.stringify(body).includes(`hall ${word} opens`))
      found.push(`${source} is not found by its words`);
  }
  return found;
}

function counterOf(database: Database.Database) {
  return (email: string, word: string) => {
    const count = (sql: string, value: string): number => database.prepare(sql).pluck().get(value) as number;
    return {
      customers: count('SELECT count(*) FROM customers WHERE email = ?', email),
      tickets: count(`SELECT count(*) FROM tickets WHERE contact LIKE '%' || ? || '%'`, email),
      messages: count(`SELECT count(*) FROM messages WHERE text LIKE '%' || ? || '%'`, word),
    };
  };
}

/** The last whole backup holds everything that was acknowledged before it began. */
async function checkBackup({ ledger, dataFolder, restoreFolder }: KeptOptions): Promise<string[]> {
  const backup = ledger
    .of('backup')
    .filter(({ file }) => existsSync(file))
    .at(-1);
  if (backup === undefined) return [];
  rmSync(restoreFolder, { recursive: true, force: true });
  mkdirSync(restoreFolder, { recursive: true });
  try {
    const env = { PATH: process.env['PATH'], ANSWERBOX_DATA_DIR: restoreFolder };
    await promisify(execFile)(process.execPath, [CLI, 'restore', backup.file, '--json'], {
      env,
      cwd: dataFolder,
    });
    const database = new Database(join(restoreFolder, 'answerbox.sqlite'), { readonly: true });
    try {
      return findLost(database, ledger, backup.since).map((what) => `the backup lacks: ${what}`);
    } finally {
      database.close();
    }
  } catch (error) {
    return [`the backup ${backup.file} cannot be restored: ${String(error)}`];
  } finally {
    rmSync(restoreFolder, { recursive: true, force: true });
  }
}
