import { useEffect, useRef } from 'preact/hooks';
import type { AnswerEntry, ConversationState } from './conversation-state.ts';
import { wasStopped } from './use-answer-stream.ts';

/** After a reload the answer that was being written goes on, unless it was stopped. */
export function useInterruptedAnswer(
  { entries }: ConversationState,
  retry: (entry: AnswerEntry) => void,
): void {
  const done = useRef(false);
  const last = entries.at(-1);
  const interrupted = last?.kind === 'answer' && last.status === 'interrupted' ? last : null;
  useEffect(() => {
    if (!interrupted || done.current) return;
    done.current = true;
    if (!wasStopped(interrupted.questionId)) retry(interrupted);
  }, [interrupted, retry]);
}
