import type { AnswerEvent } from '../../../src/answer/answer-types.ts';

/** Tells scripts on the page what arrived, as `answerbox:event` on the document. */
export function publishEvent(event: AnswerEvent): void {
  document.dispatchEvent(new CustomEvent('answerbox:event', { detail: event }));
}
