import { useCallback, type Dispatch } from 'preact/hooks';
import { beginConversation, sendFile } from '../api/answerbox-api.ts';
import type { ConversationState } from '../conversation/conversation-state.ts';
import type { ConversationAction } from '../conversation/reduce-conversation.ts';
import { toProblem } from '../conversation/to-problem.ts';

/** Sends a file; resolves to the text that was read in it, or null. */
export type SendFile = (file: File) => Promise<string | null>;

export function useFiles(state: ConversationState, dispatch: Dispatch<ConversationAction>): SendFile {
  const { conversationId, nextKey } = state;
  return useCallback(
    async (file: File) => {
      const key = String(nextKey);
      dispatch({ type: 'file', name: file.name, bytes: file.size });
      try {
        const id = conversationId ?? (await beginConversation());
        dispatch({ type: 'begun', conversationId: id });
        const added = await sendFile(id, file);
        dispatch({ type: 'file-added', key, file: added });
        return added.text;
      } catch (error) {
        dispatch({ type: 'file-refused', key, text: toProblem(error).message });
        return null;
      }
    },
    [conversationId, nextKey, dispatch],
  );
}
