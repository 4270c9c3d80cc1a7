import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import type { ModelHealth, ModelState } from './contracts.ts';
import { ModelChild } from './model-child.ts';
import type { LoadOrder } from './model-protocol.ts';
import { RestartPolicy } from './restart-policy.ts';

/** Gets one line for each change of state; `fields` hold numbers and reasons. */
export type ModelLog = (event: string, fields: Record<string, string | number>) => void;

interface Waiter {
  resolve: (child: ModelChild) => void;
  reject: (error: AnswerboxError) => void;
  /** Wants the reason of a failed load instead of another try. */
  strict: boolean;
}

/** Keeps one model process alive: start, restart with back-off, breaker, close. */
export class ModelSupervisor {
  private readonly order: LoadOrder;
  private readonly entry: Promise<string>;
  private readonly log: ModelLog;
  private readonly policy = new RestartPolicy();
  private readonly waiters = new Set<Waiter>();
  private child: ModelChild | null = null;
  private restartTimer: NodeJS.Timeout | undefined;
  private restartAt = 0;
  private state: ModelState = 'starting';
  private since = Date.now();
  private restarts = 0;
  private lastFailure: string | null = null;
  private residentBytes = 0;

  constructor(order: LoadOrder, entry: Promise<string>, log: ModelLog) {
    this.order = order;
    this.entry = entry;
    this.log = log;
    void this.start();
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  health(): ModelHealth {
    const { state, since, restarts, lastFailure, residentBytes } = this;
    return { state, since, restarts, lastFailure, residentBytes };
  }

  /**
   * The loaded process, waiting for it when it is starting.
   * @param waitMs how long to wait; Infinity means until it is ready or cannot be
   * @throws models_unavailable, cancelled; with an infinite wait the reason of a failed load
   */
  async whenReady(waitMs: number, signal?: AbortSignal): Promise<ModelChild> {
    throwIfCancelled(signal);
    if (this.state === 'ready' && this.child) return this.child;
    const strict = waitMs === Infinity;
    if (this.state === 'stopped')
      throw new AnswerboxError('cancelled', {}, new Error('the models are closed'));
    if (this.state === 'failed' || waitMs <= 0) throw strict ? this.failure() : this.unavailable();
    const waiter: Waiter = { resolve: () => undefined, reject: () => undefined, strict };
    const cancel = (): void => waiter.reject(new AnswerboxError('cancelled', {}, signal?.reason));
    const timer = strict ? undefined : setTimeout(() => waiter.reject(this.unavailable()), waitMs);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<ModelChild>((resolve, reject) => {
        Object.assign(waiter, { resolve, reject });
        this.waiters.add(waiter);
      });
    } finally {
      this.waiters.delete(waiter);
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async close(): Promise<void> {
    this.enter('stopped');
    clearTimeout(this.restartTimer);
    for (const waiter of this.waiters)
      waiter.reject(new AnswerboxError('cancelled', {}, new Error('the models are closed')));
    await this.child?.close();
    this.child = null;
  }

  private async start(): Promise<void> {
    try {
      const entry = await this.entry;
      if (this.state === 'stopped') return;
      this.child = new ModelChild(entry, this.order, {
        onLoaded: () => this.loaded(),
        onLoadFailed: (error) => this.loadFailed(error),
        onHeartbeat: (bytes) => {
          this.residentBytes = bytes;
        },
        onExit: (reason) => this.exited(reason),
      });
    } catch (error) {
      this.exited(reasonOf(error));
    }
  }

  private loaded(): void {
    if (this.state === 'stopped' || !this.child) return;
    this.policy.loaded();
    this.enter('ready');
    for (const waiter of this.waiters) waiter.resolve(this.child);
  }

  private loadFailed(error: AnswerboxError): void {
    this.log('model_load_failed', { reason: error.message });
    for (const waiter of this.waiters) if (waiter.strict) waiter.reject(error);
  }

  private exited(reason: string): void {
    this.child = null;
    this.residentBytes = 0;
    if (this.state === 'stopped') return;
    this.lastFailure = reason;
    const { open, delayMs } = this.policy.failed(performance.now());
    this.restartAt = performance.now() + delayMs;
    this.enter(open ? 'failed' : 'restarting');
    this.log('model_process_ended', { reason, restart_ms: delayMs });
    if (open)
      for (const waiter of this.waiters) waiter.reject(waiter.strict ? this.failure() : this.unavailable());
    this.restartTimer = setTimeout(() => this.restart(), delayMs);
    this.restartTimer.unref();
  }

  private restart(): void {
    this.restarts += 1;
    this.enter('restarting');
    void this.start();
  }

  private enter(state: ModelState): void {
    this.state = state;
    this.since = Date.now();
    this.log('model_state', { state, restarts: this.restarts });
  }

  private failure(): AnswerboxError {
    return new AnswerboxError('model_failed', { reason: this.lastFailure ?? 'it never started' });
  }

  private unavailable(): AnswerboxError {
    const seconds = Math.max(1, Math.ceil((this.restartAt - performance.now()) / 1_000));
    return new AnswerboxError('models_unavailable', { seconds });
  }
}
