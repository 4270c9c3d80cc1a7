import { useEffect, useRef, type Dispatch } from 'preact/hooks';
import { streamConversation } from '../api/answerbox-api.ts';
import { ApiError } from '../api/api-error.ts';
import { pauseBefore, untilOnline } from '../connection/pause-before.ts';
import type { Connection } from '../connection/use-connection.ts';
import type { ConversationState } from '../conversation/conversation-state.ts';
import type { ConversationAction } from '../conversation/reduce-conversation.ts';
import { isWithPeople } from './desk-view.ts';

/** Milliseconds between two looks whether a hidden page is seen again. */
const HIDDEN_MS = 60_000;

/**
 * Follows the conversation from the last number seen, through every break: nothing is lost, and what is told twice
 * is shown once. A page that nobody sees holds no line while only the assistant answers: browsers allow six.
 */
export function useFollowedEvents(
  state: ConversationState,
  dispatch: Dispatch<ConversationAction>,
  { reportReached, reportLost }: Pick<Connection, 'reportReached' | 'reportLost'>,
): void {
  const newest = useRef(state.desk);
  newest.current = state.desk;
  const { conversationId } = state;

  useEffect(() => {
    if (!conversationId) return undefined;
    const leaving = new AbortController();
    void follow(conversationId, leaving.signal);
    return () => leaving.abort();

    async function follow(id: string, until: AbortSignal): Promise<void> {
      for (let tried = 1; !until.aborted; tried += 1) {
        const line = lineFor(until, () => isWithPeople(newest.current));
        try {
          for await (const event of streamConversation(id, newest.current.sequence, line.signal)) {
            if (until.aborted) return;
            tried = 0;
            reportReached();
            dispatch({ type: 'desk', event });
          }
        } catch (error) {
          if (until.aborted) return;
          // Erased, or not ours any more: there is nothing to be followed.
          if (error instanceof ApiError && error.status < 500 && error.status !== 429) return;
          if (!line.signal.aborted && !(error instanceof ApiError) && tried > 1) reportLost();
        }
        line.close();
        dispatch({ type: 'line-lost' });
        await untilOnline(line.hidden() ? HIDDEN_MS : pauseBefore(Math.max(1, tried)), until);
      }
    }
  }, [conversationId, dispatch, reportReached, reportLost]);
}

/** One line; cut when the page is hidden and nobody is waited for, and after a sleep in which it may have died. */
function lineFor(until: AbortSignal, awaitsPeople: () => boolean) {
  const controller = new AbortController();
  const { signal } = controller;
  const hidden = () => document.hidden && !awaitsPeople();
  let hiddenAt = 0;
  const look = () => {
    if (hidden()) controller.abort();
    else if (document.hidden) hiddenAt = Date.now();
    // Timers stand still in a machine that sleeps: its line may be dead for long without anybody having said so.
    else if (hiddenAt > 0 && Date.now() - hiddenAt > HIDDEN_MS) controller.abort();
  };
  const options = { signal };
  until.addEventListener('abort', () => controller.abort(), options);
  document.addEventListener('visibilitychange', look, options);
  return { signal, hidden, close: () => controller.abort() };
}
