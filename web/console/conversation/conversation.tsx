import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { changeThread, markRead, type DraftKind } from '../api/desk-api.ts';
import type { DeskEvent, WholeThread } from '../api/wire-types.ts';
import { Failure, Skeleton } from '../components/states.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { may, preference, setPreference } from '../session/session.ts';
import { SnoozeDialog } from '../snooze/snooze-dialog.tsx';
import { translate } from '../translate.ts';
import { ContextPane } from './context-pane.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { LabelDialog } from './label-dialog.tsx';
import { MacroDialog } from './macro-dialog.tsx';
import { ReplyArea } from './reply-area.tsx';
import { snoozeThread } from './thread-actions.ts';
import { Timeline } from './timeline.tsx';
import { usePresence } from './use-presence.ts';
import { useSuggestion } from './use-suggestion.ts';
import { useThreadCommands } from './use-thread-commands.ts';
import { useThread } from './use-thread.ts';

/** Below this width the context would leave no room for the conversation; it is opened by hand. */
const WIDE = '(width >= 80rem)';

interface ConversationProps {
  id: string;
  onBack: () => void;
  onNext: () => void;
}

export function Conversation({ id, onBack, onNext }: ConversationProps) {
  const opened = useThread(id);
  const { loaded, reload } = opened;
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={reload} />;
  if (loaded.state === 'loading') return <Skeleton rows={6} />;
  const { thread, events } = loaded.value;
  return <OpenConversation {...opened} thread={thread} events={events} onBack={onBack} onNext={onNext} />;
}

type OpenProps = Omit<ReturnType<typeof useThread>, 'loaded' | 'reload'> &
  Omit<ConversationProps, 'id'> & { thread: WholeThread; events: readonly DeskEvent[] };

function OpenConversation(props: OpenProps) {
  const { thread, events, setThread, addEvents, loadOlder, present, setPresent, customerTypes } = props;
  const { query, path, route } = useLocation();
  const write = query['write'];
  const [kind, setKind] = useState<DraftKind>(write === 'note' ? 'note' : 'reply');
  const [focus, setFocus] = useState(write === undefined ? 0 : 1);
  const [dialog, setDialog] = useState<'snooze' | 'macros' | 'labels' | null>(null);
  const [context, setContext] = useState(matchMedia(WIDE).matches && preference('context') !== false);
  const typed = usePresence(thread.id, setPresent);
  const suggestion = useSuggestion(thread, events);
  const last = events.at(-1)?.sequence ?? 0;

  useEffect(() => {
    if (thread.unread && !document.hidden) markRead(thread.id, last).catch(tellFailure);
  }, [thread.id, last, thread.unread]);

  // The wish to write is met once; the address that is left can be shared.
  useEffect(() => {
    if (write !== undefined) route(path, true);
  }, []);

  const commands = useThreadCommands({
    thread,
    setThread,
    next: props.onNext,
    open: (what) => {
      if (what === 'reply' || what === 'note') {
        setKind(what);
        setFocus((count) => count + 1);
      } else setDialog(what);
    },
  });
  const toggleContext = () => {
    setContext(!context);
    setPreference('context', !context).catch(tellFailure);
  };
  const customerName =
    thread.customer?.name ?? thread.ticket_details?.contact.name ?? translate('actor.customer');
  const close = () => setDialog(null);

  return (
    <div class="conversation" data-context={context}>
      <ConversationHeader
        thread={thread}
        present={present}
        commands={commands}
        contextShown={context}
        onToggleContext={toggleContext}
        onBack={props.onBack}
      />
      <div class="conversation-main">
        <Timeline
          events={events}
          customerName={customerName}
          onStart={loadOlder}
          customerTypes={customerTypes}
          customerRead={thread.customer_read}
        />
        {may('desk.write') && (
          <ReplyArea
            thread={thread}
            events={events}
            suggestion={suggestion}
            kind={kind}
            onKind={setKind}
            focus={focus}
            onType={typed}
            onThread={setThread}
            onSent={(event) => addEvents([event])}
          />
        )}
      </div>
      {context && <ContextPane thread={thread} />}
      {dialog === 'macros' && <MacroDialog threadId={thread.id} onClose={close} />}
      {dialog === 'labels' && (
        <LabelDialog
          before={thread.tags}
          onSave={(tags) => void changeThread(thread.id, { tags }).then(setThread).catch(tellFailure)}
          onClose={close}
        />
      )}
      {dialog === 'snooze' && (
        <SnoozeDialog
          onClose={close}
          onChoose={(until) => void snoozeThread(thread, until).catch(tellFailure)}
        />
      )}
    </div>
  );
}
