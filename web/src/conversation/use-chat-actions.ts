import type { RefObject } from 'preact';
import { isTouchDevice } from '../composer/is-touch-device.ts';
import type { StickToBottom } from '../scroll/use-stick-to-bottom.ts';
import { isHandoverReply } from './is-handover-reply.ts';
import type { Conversation } from './use-conversation.ts';

export interface ChatActions {
  ask: (text: string) => void;
  handOver: () => void;
  /** A quick reply was pressed. */
  reply: (text: string) => void;
  startOver: () => void;
}

/** What a customer can do, with the view and the keyboard's place moving along. */
export function useChatActions(
  conversation: Conversation,
  scroll: StickToBottom,
  composer: RefObject<HTMLTextAreaElement | null>,
): ChatActions {
  // On a touch device the focus would bring up the keyboard, over the answer.
  const focusComposer = () => {
    if (!isTouchDevice()) composer.current?.focus({ preventScroll: true });
  };
  const ask = (text: string) => {
    scroll.jumpToBottom();
    focusComposer();
    void conversation.ask(text);
  };
  const handOver = () => {
    scroll.jumpToBottom();
    void conversation.handover.start();
  };
  const reply = (text: string) => {
    if (!isHandoverReply(text)) return ask(text);
    focusComposer();
    handOver();
  };
  const startOver = () => {
    conversation.startOver();
    focusComposer();
  };
  return { ask, handOver, reply, startOver };
}
