import { useCallback, useRef, type Dispatch } from 'preact/hooks';
import { fetchConversation } from '../api/answerbox-api.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationAction } from './reduce-conversation.ts';

/** Reads the part before what is shown; one at a time. A failure leaves the button, which asks again. */
export function useOlder(
  { conversationId, older }: ConversationState,
  dispatch: Dispatch<ConversationAction>,
): () => Promise<void> {
  const busy = useRef(false);
  return useCallback(async () => {
    if (busy.current || conversationId === null || older === null) return;
    busy.current = true;
    try {
      dispatch({ type: 'older', part: await fetchConversation(conversationId, older) });
    } catch {
      return;
    } finally {
      busy.current = false;
    }
  }, [conversationId, older, dispatch]);
}
