import type { Stage } from '../../../src/answer/answer-types.ts';
import { translate, type MessageKey } from '../translate.ts';

/** What is going on after each stage has ended. */
const NEXT: Record<Stage, MessageKey> = {
  preprocess: 'stage.search',
  intent: 'stage.search',
  live: 'stage.search',
  retrieve: 'stage.search',
  rerank: 'stage.write',
  first_token: 'stage.write',
  generate: 'stage.check',
  verify: 'stage.check',
};

/** For the eye only; the status line says "Writing…" to screen readers. */
export function WritingIndicator({ stage }: { stage: Stage | null }) {
  return (
    <p class="writing" aria-hidden="true">
      <span class="writing-dots">
        <i />
        <i />
        <i />
      </span>
      {translate(stage ? NEXT[stage] : 'stage.question')}
    </p>
  );
}
