import { AnswerboxError, reasonOf } from '../errors.ts';
import { checkHealth, type HealthStep } from './check-health.ts';
import type { HealthTools } from './health-tools.ts';

/** One check at a time, in the background. */
export interface HealthCheck {
  /** @throws health_running */
  begin(): void;
  stop(): void;
  state(): { running: boolean; step: HealthStep | null; failure: string | null };
  close(): Promise<void>;
}

export function createHealthCheck(tools: HealthTools): HealthCheck {
  let running: { controller: AbortController; done: Promise<void> } | null = null;
  let step: HealthStep | null = null;
  let failure: string | null = null;
  return {
    begin() {
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
    },
    stop: () => running?.controller.abort(),
    state: () => ({ running: running !== null, step, failure }),
    async close() {
      running?.controller.abort();
      await running?.done;
    },
  };
}
