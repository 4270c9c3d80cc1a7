import { useCallback, useState, type Dispatch } from 'preact/hooks';
import { requestHandover } from '../api/answerbox-api.ts';
import { translate } from '../translate.ts';
import type { ConversationAction } from './reduce-conversation.ts';
import type { StreamResult } from './use-answer-stream.ts';

export interface Handover {
  start: () => Promise<void>;
  state: 'ready' | 'busy' | 'failed';
}

/**
 * Passes the conversation to a person. Before the first question there is none yet, so the wish itself is
 * asked; where that answer did not hand over on its own, it is done now.
 */
export function useHandover(
  conversationId: string | null,
  ask: (text: string) => Promise<StreamResult>,
  dispatch: Dispatch<ConversationAction>,
): Handover {
  const [state, setState] = useState<Handover['state']>('ready');

  const start = useCallback(async () => {
    setState('busy');
    try {
      const asked = conversationId
        ? { conversationId, answer: null }
        : await ask(translate('handover.request'));
      if (asked.conversationId && asked.answer?.outcome !== 'handed_off') {
        const { message } = await requestHandover(asked.conversationId);
        dispatch({ type: 'hand-over', text: message });
      }
      setState('ready');
    } catch {
      setState('failed');
    }
  }, [conversationId, ask, dispatch]);

  return { start, state };
}
