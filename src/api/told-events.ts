import type { AnswerEvent } from '../answer/answer-types.ts';
import type { AnswerLog } from './socket/answer-log.ts';

/**
 * The events of an answer that goes on whether or not this reader stays: what a broken line missed is told to the
 * next one under the same id.
 */
export async function* toldEvents(
  log: AnswerLog,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const waiting: AnswerEvent[] = [];
  let over = false;
  let wake = (): void => undefined;
  const stop = log.listen(after, {
    event: (event) => {
      waiting.push(event);
      wake();
    },
    end: () => {
      over = true;
      wake();
    },
  });
  const leave = (): void => wake();
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift()!;
      if (over || signal.aborted) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0 || over || signal.aborted) resolve();
      });
    }
  } finally {
    signal.removeEventListener('abort', leave);
    stop();
  }
}
