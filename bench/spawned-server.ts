import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../src/errors.ts';
import { CLI } from './shop-files.ts';

/** A server as people start it: `answerbox serve`, in a process of its own. */
export interface SpawnedServer {
  url: string;
  pid: number;
  /** Milliseconds from the start of the process until /readyz said 200. */
  readyMs: number;
  /** The key that a first start prints; null when this was not one. */
  adminKey: () => string | null;
  /** The same, waited for: it is printed after the server says that it is ready. @throws when there is none */
  printedKey: () => Promise<string>;
  /** Bytes resident now: the server's process, and its children together. */
  memory: () => { server: number; models: number };
  close: () => Promise<void>;
}

/** A machine that is busy with other things takes its time. */
const START_LIMIT_MS = 1_800_000;
const POLL_MS = 25;
/** After the first seconds: looking must not take the time of what is looked for. */
const LATE = { afterMs: 10_000, pollMs: 500 } as const;
const KEY_TRIES = 200;

/** @param settings by their variables, beside those of every benchmark */
export async function spawnServer(
  dataFolder: string,
  signal: AbortSignal,
  settings: Record<string, string> = {},
): Promise<SpawnedServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  // Nothing of the caller's settings: the same server everywhere.
  const env = {
    ANSWERBOX_DATA_DIR: dataFolder,
    ANSWERBOX_PORT: String(port),
    ANSWERBOX_LOG_LEVEL: 'error',
    ...settings,
  };
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env,
    cwd: dataFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  const close = (): Promise<void> => endProcess(child);
  try {
    while (!(await isReady(url))) {
      throwIfCancelled(signal);
      if (child.exitCode !== null)
        throw new Error(`The server ended with status ${child.exitCode}: ${complaint.slice(0, 500)}`);
      if (performance.now() - started > START_LIMIT_MS)
        throw new Error('The server was not ready in half an hour.');
      await wait(performance.now() - started > LATE.afterMs ? LATE.pollMs : POLL_MS);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const adminKey = (): string | null => /abx_[\w-]+/.exec(said)?.[0] ?? null;
  return {
    url,
    pid: child.pid ?? 0,
    readyMs: performance.now() - started,
    adminKey,
    printedKey: async () => {
      for (let tries = 0; tries < KEY_TRIES; tries += 1) {
        const key = adminKey();
        if (key !== null) return key;
        await wait(POLL_MS);
      }
      throw new Error('The server printed no admin key.');
    },
    memory: () => memoryOf(child.pid ?? 0),
    close,
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, wait(20_000).then(() => child.kill('SIGKILL'))]);
  await ended;
}

/** From `ps`, which Linux and macOS share. */
function memoryOf(pid: number): { server: number; models: number } {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const bytes = (column: number): number =>
    rows.filter((row) => row[column] === pid).reduce((sum, row) => sum + (row[2] ?? 0) * 1024, 0);
  return { server: bytes(0), models: bytes(1) };
}
