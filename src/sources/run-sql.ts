import { fork, type ChildProcess } from 'node:child_process';
import { resolveChildEntry } from '../processes/child-entry.ts';
import { SourceFault } from './source-fault.ts';
import { READY, type FromSql, type SqlOrder, type SqlRow } from './sql-protocol.ts';
import { untilAborted } from './until-aborted.ts';

/** A look-up needs little; rows too large for it end the process and nothing else. */
const HEAP_MB = 128;

/** A query that ran longer than it may, and was ended. */
export class SlowQuery extends SourceFault {}

/** What SQLite said, with its code. */
export class SqliteFailure extends Error {
  override readonly name = 'SqliteFailure';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** Asks one SQLite file one question, apart from the process that answers customers. */
export interface SqlRunner {
  /**
   * The first row for this key. Queries run one after the other.
   * @param identity of the file, as it is now
   * @throws SourceFault, SlowQuery, SqliteFailure, cancelled
   */
  read(key: string, identity: string, signal: AbortSignal): Promise<SqlRow | undefined>;
  /** Ends the process, whatever it is at. */
  close(): Promise<void>;
}

interface Waiting {
  order: SqlOrder;
  resolve: (row: SqlRow | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * A process is started with the first query and used again; one whose query takes longer than `limitMs` is killed,
 * and those who wait behind it are served by a new one.
 */
export function createSqlRunner(file: string, query: string, limitMs: number): SqlRunner {
  const queue: Waiting[] = [];
  let entry: Promise<string> | null = null;
  let path = '';
  let child: ChildProcess | null = null;
  let isReady = false;
  let running: (Waiting & { timer: NodeJS.Timeout }) | null = null;
  let nextId = 1;
  let isClosed = false;

  const finish = (): Waiting | null => {
    const done = running;
    clearTimeout(done?.timer);
    running = null;
    return done;
  };
  const forget = (): void => {
    child = null;
    isReady = false;
  };
  const gone = (ended: ChildProcess, reason: string): void => {
    if (ended !== child) return;
    const fault = new Error(`the process that runs its query ended (${reason})`);
    const waiting = isReady ? [finish()] : queue.splice(0);
    forget();
    for (const one of waiting) one?.reject(fault);
    work();
  };
  const endSlow = (): void => {
    child?.kill('SIGKILL');
    forget();
    finish()?.reject(new SlowQuery(`its query took more than ${limitMs} ms and was ended`));
    work();
  };
  const receive = (from: ChildProcess, message: FromSql): void => {
    if (from !== child) return;
    if (message.id === READY) isReady = true;
    else if (message.id === running?.order.id) settle(finish()!, message);
    work();
  };
  /** Sends the next query, or starts the process that it needs. */
  const work = (): void => {
    if (child !== null) hold(child, running !== null || queue.length > 0);
    if (isClosed || running !== null || queue.length === 0) return;
    if (child === null) return void (child = startProcess(path, [file, query], receive, gone));
    if (!isReady) return;
    const next = queue.shift()!;
    const asked = child;
    running = { ...next, timer: setTimeout(endSlow, limitMs) };
    // Its end is told by the event of that, with the reason.
    asked.send(next.order, (error) => error && asked.kill('SIGKILL'));
  };

  return {
    read: async (key, identity, signal) => {
      entry ??= resolveChildEntry('./sql-process.ts', import.meta.url);
      path = await untilAborted(entry, signal);
      if (isClosed) throw new SourceFault('it is closed');
      const order = { id: nextId++, key, identity };
      const row = new Promise<SqlRow | undefined>((resolve, reject) => {
        queue.push({ order, resolve, reject });
        work();
      });
      try {
        // What runs already is left to its time limit: to start a process costs more than most queries.
        return await untilAborted(row, signal);
      } finally {
        const place = queue.findIndex((one) => one.order === order);
        if (place >= 0) queue.splice(place, 1);
      }
    },
    close: async () => {
      isClosed = true;
      const last = child;
      forget();
      const closed = new SourceFault('it is closed');
      for (const one of [finish(), ...queue.splice(0)]) one?.reject(closed);
      if (last === null || last.exitCode !== null || last.signalCode !== null) return;
      const exited = new Promise((resolve) => last.once('exit', resolve));
      last.ref();
      last.kill('SIGKILL');
      await exited;
    },
  };
}

function startProcess(
  path: string,
  own: readonly string[],
  receive: (from: ChildProcess, message: FromSql) => void,
  gone: (ended: ChildProcess, reason: string) => void,
): ChildProcess {
  const started = fork(path, own, {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--no-warnings'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  started.on('message', (message) => receive(started, message as FromSql));
  started.on('error', (error) => gone(started, error.message));
  started.on('exit', (code, signal) => gone(started, signal ?? `exit code ${code}`));
  return started;
}

function settle({ resolve, reject }: Waiting, message: FromSql): void {
  if ('failure' in message) reject(failureOf(message));
  else if ('row' in message) resolve(message.row);
}

function failureOf({ failure }: Extract<FromSql, { failure: unknown }>): Error {
  const { message, code, isFault } = failure;
  return isFault || code === null ? new SourceFault(message) : new SqliteFailure(message, code);
}

/** A finished command must be able to end although the process waits for queries. */
function hold(child: ChildProcess | null, isBusy: boolean): void {
  if (child === null) return;
  if (isBusy) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}
