/**
 * Kills a server with -9 at moments that a seed chooses, under mixed load by HTTP, starts it again and looks for
 * everything that it had acknowledged. Needs a build; Linux.
 *
 *   node dist/bench/crash/main.js --kills 200 [--seed 1] [--state FOLDER] [--power drop|torn] [--sync-ms N]
 *
 * Prints a JSON line a kill and one with the sum; ends with 1 when anything was wrong. With --state a run that was
 * broken off goes on: the folder holds the data, what was acknowledged, and the kills so far. With --power the disk
 * loses at each kill what was not synced, all of it or any sectors (see lose-power.ts; needs gcc); --sync-ms makes it
 * slow, and --lying-disk forgets what it said that it has: this must end with 1.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/intents/random.ts';
import { quantile } from '../measure.ts';
import { checkKept } from './check-kept.ts';
import { createCrashClient } from './crash-client.ts';
import { killServer, startProcess, startUntilReady, type CrashServer } from './crash-server.ts';
import { CRASH } from './crash-settings.ts';
import { Ledger } from './ledger.ts';
import { shadowDisk, type Loss } from './lose-power.ts';
import { runLoad } from './run-load.ts';

interface Kill {
  kill: number;
  when: 'load' | 'start';
  after_ms: number;
  alone: boolean;
  /** Files that the power cut took or changed; 0 without one. */
  lost: number;
  ready_ms: number;
  acknowledged: number;
  wrong: string[];
}

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    state: { type: 'string' },
    minutes: { type: 'string', default: '100000' },
    generator: { type: 'boolean', default: false },
    power: { type: 'string' },
    'sync-ms': { type: 'string', default: '0' },
    'lying-disk': { type: 'boolean', default: false },
  },
});
const [wanted, seed] = [Number(values.kills), Number(values.seed)];
const isKept = values.state !== undefined;
const state = isKept ? resolve(values.state!) : mkdtempSync(join(tmpdir(), 'answerbox-crash-'));
const [data, backups] = [join(state, 'data'), join(state, 'backups')];
const [killsFile, keyFile] = [join(state, 'kills.jsonl'), join(state, 'key')];
for (const folder of [data, backups]) mkdirSync(folder, { recursive: true });
const disk =
  values.power === undefined
    ? null
    : shadowDisk(realpathSync(data), join(realpathSync(state), 'shadow'), {
        syncMs: Number(values['sync-ms']),
        lies: values['lying-disk'],
      });
const loss: Loss = values.power === 'torn' ? 'torn' : 'drop';
const settings = {
  ANSWERBOX_GENERATOR: values.generator ? 'builtin' : 'none',
  ...disk?.environment,
};
const ledger = new Ledger(join(state, 'ledger.jsonl'));
const kills: Kill[] = existsSync(killsFile)
  ? readFileSync(killsFile, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Kill)
  : [];
// What it started goes with it.
process.on('SIGTERM', () => {
  if (running?.process.pid !== undefined) process.kill(-running.process.pid, 'SIGKILL');
  process.exit(1);
});
const deadline = performance.now() + Number(values.minutes) * 60_000;

let running: CrashServer | null = null;

interface Started {
  server: CrashServer;
  key: string;
}

async function start(): Promise<Started> {
  const server = await startUntilReady(data, settings);
  running = server;
  if (server.adminKey !== null) writeFileSync(keyFile, server.adminKey, { mode: 0o600 });
  return { server, key: readFileSync(keyFile, 'utf8') };
}

const countAcknowledged = (): number =>
  ledger.lines.filter((line) => 'acknowledged' in line && line.acknowledged).length;

/** Load, kill, start, look; the server that started goes on with the next load. */
async function killOnce(number: number, { server, key }: Started): Promise<{ kill: Kill; next: Started }> {
  const random = seededRandom(seed * 1_000_003 + number);
  const atStart = random() < CRASH.atStart;
  const alone = random() < CRASH.serverAlone;
  const [since, acknowledged] = [ledger.lines.length, countAcknowledged()];
  const wrong: string[] = [];
  const { load } = CRASH;
  const after = atStart ? random() * CRASH.startMs : load.from + random() * (load.to - load.from);

  let over = false;
  const client = createCrashClient(server.url, key);
  const working = runLoad({ client, ledger, random, backups, round: number }, () => over);
  await wait(atStart ? load.to / 2 : after);
  over = true;
  const orphans = await killServer(server.process, alone);
  if (orphans > 0) wrong.push(`${orphans} children outlived the server`);
  wrong.push(...(await working));
  let lost = disk?.losePower(loss, random).length ?? 0;
  if (atStart) {
    const starting = startProcess(data, settings);
    await wait(after);
    await killServer(starting, alone);
    lost += disk?.losePower(loss, random).length ?? 0;
  }
  dropOldBackups();

  const next = await start();
  const options = {
    dataFolder: data,
    restoreFolder: join(state, 'restored'),
    client: createCrashClient(next.server.url, next.key),
    ledger,
    since,
    restore: (number + 1) % CRASH.restoreEvery === 0,
  };
  wrong.push(...(await checkKept(options)));
  const kill: Kill = {
    kill: number,
    when: atStart ? 'start' : 'load',
    after_ms: Math.round(after),
    alone,
    lost,
    ready_ms: next.server.readyMs,
    acknowledged: countAcknowledged() - acknowledged,
    wrong,
  };
  return { kill, next };
}

/** The last two are enough. */
function dropOldBackups(): void {
  const known = ledger.of('backup').map(({ file }) => file);
  const kept = new Set(known.slice(-2));
  for (const name of readdirSync(backups)) if (!kept.has(join(backups, name))) rmSync(join(backups, name));
}

try {
  let started = await start();
  for (let number = kills.length; number < wanted && performance.now() < deadline; number += 1) {
    const { kill, next } = await killOnce(number, started);
    started = next;
    kills.push(kill);
    appendFileSync(killsFile, `${JSON.stringify(kill)}\n`);
    process.stdout.write(`${JSON.stringify(kill)}\n`);
  }
} finally {
  if (running !== null) await killServer((running as CrashServer).process, false);
}
const wrong = kills.flatMap((kill) => kill.wrong);
const sum = {
  kills: kills.length,
  wanted,
  seed,
  at_start: kills.filter(({ when }) => when === 'start').length,
  power: values.power ?? null,
  files_lost: kills.reduce((sum, { lost }) => sum + (lost ?? 0), 0),
  server_alone: kills.filter(({ alone }) => alone).length,
  acknowledged_writes: countAcknowledged(),
  ready_p95_ms: quantile(
    kills.map(({ ready_ms }) => ready_ms),
    0.95,
  ),
  kills_with_findings: kills.filter((kill) => kill.wrong.length > 0).length,
  findings: wrong.slice(0, 50),
  // 3/n: no failure in n tries bounds the rate at that with 95 % confidence.
  failure_rate_below: wrong.length === 0 && kills.length > 0 ? Number((3 / kills.length).toFixed(4)) : null,
};
process.stdout.write(`${JSON.stringify(sum)}\n`);
if (!isKept) rmSync(state, { recursive: true, force: true });
if (wrong.length > 0) process.exitCode = 1;
