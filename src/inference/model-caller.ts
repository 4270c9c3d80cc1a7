import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import type { CallOptions } from './contracts.ts';
import { KeepAlive } from './keep-alive.ts';
import type { ChildCall } from './model-child.ts';
import type { OperationName, Operations } from './model-protocol.ts';
import type { ModelSupervisor } from './model-supervisor.ts';
import type { ComputeLane } from './schedule.ts';

/** How long a call waits for models that are starting. Milliseconds, 1,000…60,000. */
const START_WAIT_MS = 15_000;

/** Takes one call through the lane to the model process. */
export class ModelCaller {
  private readonly lane: ComputeLane;
  private readonly supervisor: ModelSupervisor;
  private readonly keepAlive = new KeepAlive();

  constructor(lane: ComputeLane, supervisor: ModelSupervisor) {
    this.lane = lane;
    this.supervisor = supervisor;
  }

  /**
   * An abort ends the call at once for the caller; its place stays taken until the model has stopped.
   * @throws overloaded, models_unavailable, model_failed, cancelled
   */
  async call<Name extends OperationName>(
    call: ChildCall<Name>,
    options: CallOptions,
  ): Promise<Operations[Name]['output']> {
    throwIfCancelled(options.signal);
    const called = performance.now();
    const work = this.lane.run(
      async () => {
        const left = START_WAIT_MS - (performance.now() - called);
        const child = await this.supervisor.whenReady(left, options.signal);
        return child.call(options.signal ? { ...call, signal: options.signal } : call);
      },
      { ...options, kind: call.operation === 'generate' ? 'text' : 'run' },
    );
    return this.keepAlive.during(endOnAbort(work, options.signal));
  }

  async ready(signal?: AbortSignal): Promise<void> {
    await this.keepAlive.during(this.supervisor.whenReady(Infinity, signal));
  }
}

async function endOnAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new AnswerboxError('cancelled', {}, signal.reason));
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
