import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The built command, as people run it. */
const CLI = resolve('dist', 'src', 'cli.js');

export interface CliOptions {
  dataDir: string;
  /** Settings, by their variables. */
  settings?: Record<string, string>;
  input?: string | Buffer;
  /** Words before `node`, such as those that change the user. */
  prefix?: readonly string[];
}

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the command with no demo shop, outside any folder with a configuration file. */
export function startCli(
  args: readonly string[],
  { dataDir, settings = {}, prefix = [] }: CliOptions,
): ChildProcessWithoutNullStreams {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run "npm run build" first`);
  const [program = '', ...words] = [...prefix, process.execPath, CLI, ...args];
  const environment = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin:/usr/sbin:/sbin`,
    HOME: tmpdir(),
    NO_COLOR: '1',
  };
  return spawn(program, words, {
    cwd: tmpdir(),
    env: {
      ...environment,
      ANSWERBOX_DATA_DIR: dataDir,
      ANSWERBOX_DEMO: 'false',
      ANSWERBOX_PORT: '0',
      ...settings,
    },
  });
}

export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const child = startCli(args, options);
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Kills a process and waits until it is gone. */
export async function killNow(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export interface CliServer {
  url: string;
  /** Null when the folder had a key already. */
  adminKey: string | null;
  process: ChildProcessWithoutNullStreams;
}

/** `answerbox serve`, ready for the first question. */
export async function startCliServer(options: CliOptions): Promise<CliServer> {
  const child = startCli(['serve'], options);
  let output = '';
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  await new Promise<void>((ready, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      if (output.includes('is ready at')) ready();
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${output}`)));
  });
  const url = /is ready at (\S+)/.exec(output)?.[1] ?? '';
  return { url, adminKey: /shown this once: (\S+)/.exec(output)?.[1] ?? null, process: child };
}

export function databaseIn(dataDir: string): string {
  return join(dataDir, 'answerbox.sqlite');
}
