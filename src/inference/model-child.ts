import { fork, type ChildProcess } from 'node:child_process';
import { AnswerboxError } from '../errors.ts';
import type { FromChild, LoadOrder, OperationName, Operations, ToChild } from './model-protocol.ts';
import { receiveFailure } from '../processes/sent-failure.ts';

/** Patience with one model process. */
export const CHILD_WATCH = {
  /** Seconds without any message after which a loaded process counts as hung. 5…120. */
  silentSeconds: 20,
  /** The same while it loads: reading weights from a slow disk blocks its heartbeat. 30…600. */
  silentLoadSeconds: 120,
  /** Seconds between an abort and the end of the call before the process counts as hung. 5…120. */
  abortSeconds: 20,
  /** Seconds between asking the process to close and killing it. 1…30. */
  closeSeconds: 5,
} as const;

export interface ChildEvents {
  onLoaded: () => void;
  onLoadFailed: (error: AnswerboxError) => void;
  onHeartbeat: (residentBytes: number) => void;
  /** Comes once, last, whatever the reason. */
  onExit: (reason: string) => void;
}

export interface ChildCall<Name extends OperationName> {
  operation: Name;
  input: Operations[Name]['input'];
  signal?: AbortSignal;
  onEvent?: (event: Operations[Name]['event']) => void;
}

interface OpenCall {
  resolve: (output: unknown) => void;
  reject: (error: AnswerboxError) => void;
  onEvent: ((event: unknown) => void) | undefined;
}

/** One life of the model process, from fork to exit. */
export class ModelChild {
  private readonly process: ChildProcess;
  private readonly events: ChildEvents;
  private readonly open = new Map<number, OpenCall>();
  private readonly watch: NodeJS.Timeout;
  private nextId = 1;
  private silentSeconds = 0;
  private loaded = false;
  private lastWords = '';
  private killedFor: string | null = null;
  private gone: string | null = null;

  constructor(entry: string, order: LoadOrder, events: ChildEvents) {
    this.events = events;
    // Native libraries print to standard output, which belongs to the command's own answer.
    this.process = fork(entry, [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.process.on('message', (message) => this.receive(message as FromChild));
    this.process.on('error', (error) => this.end(error.message));
    this.process.on('exit', (code, signal) => this.end(this.exitReason(code, signal)));
    this.process.stderr?.on('data', (text: Buffer) => {
      this.lastWords = (this.lastWords + text.toString()).slice(-2_000);
    });
    this.watch = setInterval(() => this.countSilence(), 1_000);
    this.unref();
    this.send({ type: 'load', order });
  }

  get pid(): number | null {
    return this.process.pid ?? null;
  }

  /**
   * Settles when the process is done with the call, also after an abort.
   * @throws model_failed when the process ends meanwhile, cancelled, or what the operation throws
   */
  async call<Name extends OperationName>(call: ChildCall<Name>): Promise<Operations[Name]['output']> {
    if (this.gone !== null) throw new AnswerboxError('model_failed', { reason: this.gone });
    const id = this.nextId;
    this.nextId += 1;
    let hung: NodeJS.Timeout | undefined;
    const abort = (): void => {
      this.send({ type: 'abort', id });
      hung = setTimeout(() => this.kill('a cancelled call did not end'), CHILD_WATCH.abortSeconds * 1_000);
    };
    try {
      return await new Promise((resolve, reject) => {
        const onEvent = call.onEvent as OpenCall['onEvent'];
        this.open.set(id, { resolve: resolve as OpenCall['resolve'], reject, onEvent });
        const { operation, input } = call;
        this.send({ type: 'call', id, operation, input } as ToChild);
        if (call.signal?.aborted) abort();
        else call.signal?.addEventListener('abort', abort, { once: true });
      });
    } finally {
      clearTimeout(hung);
      call.signal?.removeEventListener('abort', abort);
      this.open.delete(id);
    }
  }

  kill(reason: string): void {
    this.killedFor ??= reason;
    this.process.kill('SIGKILL');
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.gone !== null) return;
    this.send({ type: 'close' });
    const late = setTimeout(() => this.kill('it did not close in time'), CHILD_WATCH.closeSeconds * 1_000);
    this.process.ref();
    await new Promise((resolve) => this.process.once('exit', resolve));
    clearTimeout(late);
  }

  private receive(message: FromChild): void {
    this.silentSeconds = 0;
    switch (message.type) {
      case 'heartbeat':
        return this.events.onHeartbeat(message.residentBytes);
      case 'loaded':
        this.loaded = true;
        return this.events.onLoaded();
      case 'load_failed': {
        const error = receiveFailure(message.failure);
        this.killedFor = message.failure.message;
        return this.events.onLoadFailed(error);
      }
      case 'event':
        return this.open.get(message.id)?.onEvent?.(message.event);
      case 'result':
        return this.open.get(message.id)?.resolve(message.output);
      case 'failed':
        return this.open.get(message.id)?.reject(receiveFailure(message.failure));
    }
  }

  /** Counts own ticks and not the clock: a parent that was blocked or asleep must not blame its child. */
  private countSilence(): void {
    this.silentSeconds += 1;
    const limit = this.loaded ? CHILD_WATCH.silentSeconds : CHILD_WATCH.silentLoadSeconds;
    if (this.silentSeconds > limit) this.kill(`it was silent for ${limit} seconds`);
  }

  private end(reason: string): void {
    if (this.gone !== null) return;
    this.gone = reason;
    clearInterval(this.watch);
    for (const call of this.open.values()) call.reject(new AnswerboxError('model_failed', { reason }));
    this.events.onExit(reason);
  }

  private exitReason(code: number | null, signal: NodeJS.Signals | null): string {
    if (this.killedFor !== null) return this.killedFor;
    if (signal !== null) return `it was ended by ${signal}`;
    const words = this.lastWords
      .trim()
      .split('\n')
      .findLast((line) => /\S/.test(line));
    return words ? `exit code ${code}: ${words.slice(0, 200)}` : `exit code ${code}`;
  }

  private send(message: ToChild): void {
    // A broken channel shows as `exit` soon; the error here says nothing more.
    if (this.process.connected) this.process.send(message, () => undefined);
  }

  /** A finished command must be able to end although its models are still loaded. */
  private unref(): void {
    this.process.unref();
    this.process.channel?.unref();
    this.watch.unref();
    (this.process.stderr as unknown as { unref?: () => void } | null)?.unref?.();
  }
}
