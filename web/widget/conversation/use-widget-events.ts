import { useEffect, useRef } from 'preact/hooks';
import type { ConversationState } from '../../src/conversation/conversation-state.ts';
import type { Publish } from '../widget-contracts.ts';
import { listHappenings } from './list-happenings.ts';

/** Tells the page what happened in the conversation, each thing once. */
export function useWidgetEvents(state: ConversationState, publish: Publish): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const { key, name, detail } of listHappenings(state)) {
      if (told.current.has(key)) continue;
      told.current.add(key);
      publish(name, detail as never);
    }
  });
}
