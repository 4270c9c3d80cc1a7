import { useEffect, useRef } from 'preact/hooks';
import { tellRead, tellTyping } from '../api/answerbox-api.ts';
import type { ConversationState } from '../conversation/conversation-state.ts';
import { isWithPeople } from './desk-view.ts';

/** Milliseconds after which "is typing" is said again; the server forgets it after six seconds. */
const TYPING_MS = 4_000;
/** Milliseconds of reading before it is told: several messages are one notice. */
const READ_MS = 600;

/** Tells staff that the customer types, while a person has the conversation. */
export function useTypingNotice({ conversationId, desk }: ConversationState, draft: string): void {
  const told = useRef(0);
  const listens = conversationId !== null && isWithPeople(desk);
  const isEmpty = draft.trim() === '';
  useEffect(() => {
    if (!listens) return;
    if (isEmpty) {
      if (told.current > 0) tellTyping(conversationId, false);
      told.current = 0;
    } else if (Date.now() - told.current > TYPING_MS) {
      told.current = Date.now();
      tellTyping(conversationId, true);
    }
  }, [conversationId, listens, isEmpty, draft]);
}

/** Tells staff how far the customer has read. */
export function useReadMark({ conversationId, desk }: ConversationState, seen: boolean): void {
  const { sequence, ticket } = desk;
  useEffect(() => {
    if (!seen || !conversationId || ticket === null || sequence === 0) return undefined;
    const timer = setTimeout(() => {
      if (!document.hidden) tellRead(conversationId, sequence);
    }, READ_MS);
    return () => clearTimeout(timer);
  }, [conversationId, sequence, ticket, seen]);
}
