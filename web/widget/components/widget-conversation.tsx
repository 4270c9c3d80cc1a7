import type { RefObject } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { Composer } from '../../src/components/composer.tsx';
import { ConnectionBanner } from '../../src/components/connection-banner.tsx';
import { MessageList } from '../../src/components/message-list.tsx';
import { NewMessagesButton } from '../../src/components/new-messages-button.tsx';
import { SourcePanel } from '../../src/components/source-panel.tsx';
import { StatusLine } from '../../src/components/status-line.tsx';
import { Welcome } from '../../src/components/welcome.tsx';
import { useConnection } from '../../src/connection/use-connection.ts';
import { describeStatus } from '../../src/conversation/describe-status.ts';
import { useChatActions } from '../../src/conversation/use-chat-actions.ts';
import { useConversation } from '../../src/conversation/use-conversation.ts';
import { useReadMark } from '../../src/desk/use-desk-notices.ts';
import { elementViewport } from '../../src/scroll/scroll-viewport.ts';
import { useStickToBottom } from '../../src/scroll/use-stick-to-bottom.ts';
import { translate } from '../../src/translate.ts';
import { useAskedQuestion } from '../conversation/use-asked-question.ts';
import { useUnread } from '../conversation/use-unread.ts';
import { useWidgetEvents } from '../conversation/use-widget-events.ts';
import { WidgetHeader } from './widget-header.tsx';
import type { PanelProps } from './widget-panel.tsx';

type Props = PanelProps & { composer: RefObject<HTMLTextAreaElement | null> };

/** The customer page's conversation in the panel: the same parts, with a scroll bar of their own. */
export function WidgetConversation({ host, open, asked, composer, onClose, onUnread }: Props) {
  const connection = useConnection();
  const conversation = useConversation(connection);
  const body = useRef<HTMLDivElement>(null);
  const scroll = useStickToBottom(useMemo(() => elementViewport(body), []));
  const { ask, handOver, reply, startOver } = useChatActions(conversation, scroll, composer);
  const [citation, setCitation] = useState<Citation | null>(null);
  const { shop } = connection;
  const { state, restoring, handover } = conversation;
  const { entries } = state;
  useAskedQuestion(asked, restoring, ask);
  useWidgetEvents(state, host.publish);
  useUnread(state, { open, restoring }, onUnread);
  useReadMark(state, open);
  const { greeting, logo } = host.settings;
  const isEmpty = entries.length === 0 && !restoring && handover.state !== 'form';

  return (
    <>
      <WidgetHeader
        shop={shop}
        logo={logo}
        onStartOver={entries.length > 0 ? startOver : null}
        onClose={host.inline ? null : onClose}
      />
      <div class="panel-body" ref={body} role="region" aria-label={translate('widget.messages')} tabIndex={0}>
        <ConnectionBanner phase={connection.phase} onRetry={connection.retry} />
        <div class="panel-content" ref={scroll.contentRef as RefObject<HTMLDivElement>}>
          {isEmpty && <Welcome shop={shop} onAsk={ask} {...(greeting && { greeting })} />}
          <MessageList
            conversation={conversation}
            shop={shop}
            actions={{ reply, retry: conversation.retry, cite: setCitation, leave: handover.openForm }}
          />
        </div>
      </div>
      <div class="panel-footer">
        {scroll.unseen && <NewMessagesButton onClick={scroll.jumpToBottom} />}
        <Composer
          fieldRef={composer}
          conversation={conversation}
          suggestions={shop?.suggested_questions ?? []}
          takesFocus={!host.inline}
          onSend={ask}
          onHandover={handOver}
        />
      </div>
      <StatusLine status={describeStatus(entries.at(-1))} />
      {citation && <SourcePanel citation={citation} onClose={() => setCitation(null)} />}
    </>
  );
}
