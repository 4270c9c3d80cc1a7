import { useEffect, useState, type Dispatch } from 'preact/hooks';
import { fetchConversation } from '../api/answerbox-api.ts';
import { ApiError } from '../api/api-error.ts';
import { readStored, STORED, writeStored } from '../stored-text.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationAction } from './reduce-conversation.ts';

const { storage, key } = STORED.conversation;

/** Keeps the conversation over a reload, in this tab only. Returns whether it is still being read. */
export function useStoredConversation(
  state: ConversationState,
  dispatch: Dispatch<ConversationAction>,
): boolean {
  const [restoring, setRestoring] = useState(() => readStored(storage, key) !== '');

  useEffect(() => {
    const id = readStored(storage, key);
    if (!id) return;
    fetchConversation(id)
      .then((conversation) => dispatch({ type: 'restore', conversation }))
      .catch((error: unknown) => {
        // A conversation the server no longer has is forgotten; one that was not reached is kept for the next try.
        if (error instanceof ApiError) writeStored(storage, key, '');
      })
      .finally(() => setRestoring(false));
  }, [dispatch]);

  useEffect(() => {
    if (!restoring) writeStored(storage, key, state.conversationId ?? '');
  }, [restoring, state.conversationId]);

  return restoring;
}
