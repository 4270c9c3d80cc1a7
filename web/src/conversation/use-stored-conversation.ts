import { useEffect, useState, type Dispatch } from 'preact/hooks';
import { fetchConversation } from '../api/answerbox-api.ts';
import { ApiError } from '../api/api-error.ts';
import { readStored, writeStored } from '../stored-text.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationAction } from './reduce-conversation.ts';

const ID_KEY = 'answerbox.conversation';
const session = () => sessionStorage;

/** Keeps the conversation over a reload, in this tab only. Returns whether it is still being read. */
export function useStoredConversation(
  state: ConversationState,
  dispatch: Dispatch<ConversationAction>,
): boolean {
  const [restoring, setRestoring] = useState(() => readStored(session, ID_KEY) !== '');

  useEffect(() => {
    const id = readStored(session, ID_KEY);
    if (!id) return;
    fetchConversation(id)
      .then((conversation) => dispatch({ type: 'restore', conversation }))
      .catch((error: unknown) => {
        // A conversation the server no longer has is forgotten; one that was not reached is kept for the next try.
        if (error instanceof ApiError) writeStored(session, ID_KEY, '');
      })
      .finally(() => setRestoring(false));
  }, [dispatch]);

  useEffect(() => {
    if (!restoring) writeStored(session, ID_KEY, state.conversationId ?? '');
  }, [restoring, state.conversationId]);

  return restoring;
}
