import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { childrenOf } from '../process-figures.ts';
import { CLI } from '../shop-files.ts';
import { CRASH } from './crash-settings.ts';

export interface CrashServer {
  url: string;
  /** Printed by the first start of a data folder; null at later ones. */
  adminKey: string | null;
  /** From the start of the process until it was ready for a question. */
  readyMs: number;
  process: ChildProcess;
}

/** Starts `answerbox serve` as the leader of a process group of its own. */
export function startProcess(dataFolder: string, settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [CLI, 'serve'], {
    cwd: dataFolder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ANSWERBOX_DATA_DIR: dataFolder,
      ANSWERBOX_PORT: '0',
      ANSWERBOX_DEMO: 'false',
      ANSWERBOX_LOG_LEVEL: 'error',
      ANSWERBOX_VISITOR_MESSAGES_PER_HOUR: '0',
      ANSWERBOX_ADDRESS_MESSAGES_PER_HOUR: '0',
      ...settings,
    },
  });
}

/** @throws when it ends or is not ready in time */
export async function startUntilReady(
  dataFolder: string,
  settings: Record<string, string>,
): Promise<CrashServer> {
  const started = performance.now();
  const child = startProcess(dataFolder, settings);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-4_000)));
  const deadline = AbortSignal.timeout(CRASH.readyMs);
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the server ${why}: ${said}`));
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /is ready at (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`));
    deadline.addEventListener('abort', () => fail(`was not ready within ${CRASH.readyMs} ms`));
  }).catch(async (error: unknown) => {
    await killServer(child, false);
    throw error;
  });
  const adminKey = /shown this once: (\S+)/.exec(said)?.[1] ?? null;
  return { url, adminKey, readyMs: Math.round(performance.now() - started), process: child };
}

/**
 * SIGKILL: of the whole group, or of the server alone.
 * @returns children that were still there when their time to end was over; they are killed then
 */
export async function killServer(child: ChildProcess, alone: boolean): Promise<number> {
  const { pid } = child;
  // Its number may be another's by now.
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return 0;
  const children = childrenOf(pid);
  const gone = once(child, 'exit');
  const kill = (target: number): void => {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // Gone already.
    }
  };
  kill(alone ? pid : -pid);
  await gone;
  if (!alone) return 0;
  const isThere = (one: number): boolean => existsSync(`/proc/${one}`);
  const deadline = performance.now() + CRASH.orphanMs;
  while (children.some(isThere) && performance.now() < deadline) await wait(50);
  const orphans = children.filter(isThere);
  for (const orphan of orphans) kill(orphan);
  return orphans.length;
}
