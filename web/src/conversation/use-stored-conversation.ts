import { useEffect, useRef, useState, type Dispatch } from 'preact/hooks';
import { fetchConversation } from '../api/answerbox-api.ts';
import { ApiError } from '../api/api-error.ts';
import { readStored, STORED, writeStored } from '../stored-text.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationAction } from './reduce-conversation.ts';
import { forgetWaiting, keepWaiting, waitingConversation } from './waiting-conversation.ts';

const { storage, key } = STORED.conversation;

/**
 * Keeps the conversation over a reload, in this tab only, and in this browser while people are to answer in it.
 * Returns whether it is still being read.
 */
export function useStoredConversation(
  state: ConversationState,
  dispatch: Dispatch<ConversationAction>,
): boolean {
  const [restoring, setRestoring] = useState(() => storedId() !== '');

  useEffect(() => {
    const id = storedId();
    if (!id) return;
    fetchConversation(id)
      .then((conversation) => dispatch({ type: 'restore', conversation }))
      .catch((error: unknown) => {
        // A conversation the server no longer has is forgotten; one that was not reached is kept for the next try.
        if (!(error instanceof ApiError)) return;
        writeStored(storage, key, '');
        forgetWaiting(id);
      })
      .finally(() => setRestoring(false));
  }, [dispatch]);

  const { conversationId, desk } = state;
  const last = useRef('');
  useEffect(() => {
    if (restoring) return;
    writeStored(storage, key, conversationId ?? '');
    // Left on purpose: it does not come back by itself.
    if (conversationId === null && last.current !== '') forgetWaiting(last.current);
    last.current = conversationId ?? '';
  }, [restoring, conversationId]);
  useEffect(() => {
    if (!restoring && conversationId !== null) keepWaiting(conversationId, desk);
  }, [restoring, conversationId, desk.state, desk.ticket]);

  return restoring;
}

/** Of this tab, else the one that waits for an answer in this browser. */
function storedId(): string {
  return readStored(storage, key) || waitingConversation();
}
