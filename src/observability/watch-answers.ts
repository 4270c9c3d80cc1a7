import { STAGES, type Answer, type AnswerEvent } from '../answer/answer-types.ts';
import { AnswerboxError } from '../errors.ts';
import type { Metrics } from './metrics.ts';

/** Counts what comes by in a stream of answer events, and passes it on as it is. */
export async function* watchAnswer(
  events: AsyncGenerator<AnswerEvent, Answer>,
  metrics: Metrics,
): AsyncGenerator<AnswerEvent, Answer> {
  metrics.answersRunning.inc();
  try {
    const answer = yield* events;
    countAnswer(answer, metrics);
    return answer;
  } catch (error) {
    metrics.failedAnswers.inc({ code: codeOf(error) });
    throw error;
  } finally {
    metrics.answersRunning.dec();
  }
}

function countAnswer({ outcome, mode, confidence, timings_ms }: Answer, metrics: Metrics): void {
  metrics.answers.inc({ outcome, mode });
  metrics.confidence.observe({ outcome }, confidence);
  metrics.stageSeconds.observe({ stage: 'total' }, timings_ms.total / 1000);
  for (const stage of STAGES) {
    // The first text is a moment and not a stretch: it has a figure of its own.
    if (stage === 'first_token' || timings_ms[stage] === 0) continue;
    metrics.stageSeconds.observe({ stage }, timings_ms[stage] / 1000);
  }
  if (timings_ms.first_token > 0) metrics.firstTextSeconds.observe({ mode }, timings_ms.first_token / 1000);
}

export function codeOf(error: unknown): string {
  return error instanceof AnswerboxError ? error.code : 'internal';
}
