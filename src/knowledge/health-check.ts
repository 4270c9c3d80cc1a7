import { AnswerboxError, reasonOf } from '../errors.ts';
import { checkHealth, type HealthStep } from './check-health.ts';
import type { HealthTools } from './health-tools.ts';

/** One check at a time, in the background. */
export interface HealthCheck {
  /** @throws health_running */
  begin(): void;
  /** One in quiet hours: resolves at its end, whatever comes of it, and at once while another one runs. */
  run(signal: AbortSignal): Promise<void>;
  stop(): void;
  state(): { running: boolean; step: HealthStep | null; failure: string | null };
  close(): Promise<void>;
}

export function createHealthCheck(tools: HealthTools): HealthCheck {
  let running: { controller: AbortController; done: Promise<void> } | null = null;
  let step: HealthStep | null = null;
  let failure: string | null = null;
  const begin = (): void => {
    if (running) throw new AnswerboxError('health_running');
    const controller = new AbortController();
    failure = null;
    const done = checkHealth(tools, controller.signal, (next) => (step = next))
      .then(
        () => undefined,
        (error: unknown) => void (failure = controller.signal.aborted ? null : reasonOf(error)),
      )
      .finally(() => {
        running = null;
        step = null;
      });
    running = { controller, done };
  };
  return {
    begin,
    async run(signal) {
      if (running || signal.aborted) return;
      begin();
      const stop = (): void => running?.controller.abort();
      signal.addEventListener('abort', stop, { once: true });
      await (running as { done: Promise<void> } | null)?.done;
      signal.removeEventListener('abort', stop);
    },
    stop: () => running?.controller.abort(),
    state: () => ({ running: running !== null, step, failure }),
    async close() {
      running?.controller.abort();
      await running?.done;
    },
  };
}
