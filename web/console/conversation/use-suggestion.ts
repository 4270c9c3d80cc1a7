import { useEffect, useState } from 'preact/hooks';
import { suggestReply } from '../api/desk-api.ts';
import type { DeskEvent, SuggestedReply, Thread } from '../api/wire-types.ts';
import { may } from '../session/session.ts';
import { openMessage } from './open-message.ts';

/**
 * What the assistant would reply to the customer's open message; null while it is looked for, where there is nothing,
 * and once somebody has answered. Whoever leaves the thread ends the search.
 */
export function useSuggestion(thread: Thread, events: readonly DeskEvent[]): SuggestedReply | null {
  const [found, setFound] = useState<{ key: string; suggestion: SuggestedReply | null } | null>(null);
  const open = may('desk.write') ? openMessage(thread.state, events) : null;
  const key = open && `${thread.id} ${open}`;

  useEffect(() => {
    if (key === null) return;
    const leaving = new AbortController();
    suggestReply(thread.id, leaving.signal)
      .then((suggestion) => !leaving.signal.aborted && setFound({ key, suggestion }))
      // Nobody asked for it: without models, or in a rush, there is none.
      .catch(() => undefined);
    return () => leaving.abort();
  }, [key]);

  return found?.key === key ? found.suggestion : null;
}
