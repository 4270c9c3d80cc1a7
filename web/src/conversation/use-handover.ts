import { useCallback, useEffect, useRef, useState, type Dispatch } from 'preact/hooks';
import { createId } from '../api/create-id.ts';
import { fetchAvailability, fetchConversation, leaveMessage, requestHandover } from '../api/answerbox-api.ts';
import type { Contact } from '../api/wire-types.ts';
import { isWithPeople } from '../desk/desk-view.ts';
import { translate } from '../translate.ts';
import type { ConversationState } from './conversation-state.ts';
import type { ConversationAction } from './reduce-conversation.ts';
import type { StreamResult } from './use-answer-stream.ts';

export interface Handover {
  /** `form`: nobody is there, or nothing can be answered, so that contact data is asked for. */
  state: 'ready' | 'busy' | 'failed' | 'form';
  start: () => Promise<void>;
  openForm: () => void;
  closeForm: () => void;
  /** @throws what the server or the line refused it for */
  leave: (contact: Contact & { message: string }) => Promise<void>;
}

/**
 * Passes the conversation to a person. Before the first question there is none yet, so the wish itself is
 * asked; where that answer did not hand over on its own, it is done now.
 */
export function useHandover(
  { conversationId, desk, entries }: ConversationState,
  ask: (text: string) => Promise<StreamResult>,
  dispatch: Dispatch<ConversationAction>,
): Handover {
  const [state, setState] = useState<Handover['state']>('ready');
  const withPeople = isWithPeople(desk);

  /** Of the wish for a person, until it was heard: pressed again after a lost answer, it is the same. */
  const request = useRef('');

  const start = useCallback(async () => {
    setState('busy');
    try {
      const availability = await fetchAvailability();
      dispatch({ type: 'available', availability });
      if (!availability.open) return setState('form');
      const asked = conversationId
        ? { conversationId, answer: null }
        : await ask(translate('handover.request'));
      request.current ||= createId();
      if (asked.conversationId && asked.answer?.outcome !== 'handed_off')
        await requestHandover(asked.conversationId, { id: request.current });
      request.current = '';
      setState('ready');
    } catch {
      setState('failed');
    }
  }, [conversationId, ask, dispatch]);

  // Handed over by what was written, or written to whoever has it: whether somebody is there is learnt each time.
  const written = withPeople ? entries.filter(({ kind }) => kind === 'customer').length : 0;
  const known = useRef(0);
  useEffect(() => {
    const fresh = desk.availability !== null && (known.current === 0 || written === known.current);
    known.current = written;
    if (!withPeople || fresh) return;
    fetchAvailability().then(
      (availability) => dispatch({ type: 'available', availability }),
      () => undefined,
    );
  }, [withPeople, written, desk.availability === null, dispatch]);

  const leave = useCallback(
    async (contact: Contact & { message: string }) => {
      if (conversationId) await requestHandover(conversationId, contact);
      else {
        const conversation = await fetchConversation(await leaveMessage(contact));
        dispatch({ type: 'restore', conversation, force: true });
      }
      setState('ready');
    },
    [conversationId, dispatch],
  );
  // Whether it is answered by mail is told with whether somebody is there.
  const openForm = useCallback(() => {
    setState('form');
    fetchAvailability().then(
      (availability) => dispatch({ type: 'available', availability }),
      () => undefined,
    );
  }, [dispatch]);
  const closeForm = useCallback(() => setState('ready'), []);
  return { state, start, openForm, closeForm, leave };
}
