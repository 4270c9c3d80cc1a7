import { useEffect, useRef, useState } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import { useConnection } from '../connection/use-connection.ts';
import { describeStatus } from '../conversation/describe-status.ts';
import { useChatActions } from '../conversation/use-chat-actions.ts';
import { useConversation } from '../conversation/use-conversation.ts';
import { useReadMark } from '../desk/use-desk-notices.ts';
import { useStickToBottom } from '../scroll/use-stick-to-bottom.ts';
import { translate } from '../translate.ts';
import { Composer } from './composer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { MessageList } from './message-list.tsx';
import { NewMessagesButton } from './new-messages-button.tsx';
import { PageHeader } from './page-header.tsx';
import { SourcePanel } from './source-panel.tsx';
import { StatusLine } from './status-line.tsx';
import { Welcome } from './welcome.tsx';

export function CustomerPage() {
  const connection = useConnection();
  const conversation = useConversation(connection);
  const scroll = useStickToBottom();
  const composer = useRef<HTMLTextAreaElement>(null);
  const [citation, setCitation] = useState<Citation | null>(null);
  const { shop } = connection;
  const { entries } = conversation.state;
  const leave = conversation.handover.openForm;
  useReadMark(conversation.state, true);

  useEffect(() => {
    if (shop) document.title = translate('page.title', { shop: shop.name });
  }, [shop]);

  const { ask, handOver, reply, startOver } = useChatActions(conversation, scroll, composer);

  return (
    <>
      <PageHeader shop={shop} onStartOver={entries.length > 0 ? startOver : null} />
      <ConnectionBanner phase={connection.phase} onRetry={connection.retry} />
      <main class="page-main" ref={scroll.contentRef}>
        {entries.length === 0 && !conversation.restoring && conversation.handover.state !== 'form' && (
          <Welcome shop={shop} onAsk={ask} />
        )}
        <MessageList
          conversation={conversation}
          shop={shop}
          actions={{ reply, retry: conversation.retry, cite: setCitation, leave }}
        />
      </main>
      <footer class="page-footer">
        {scroll.unseen && <NewMessagesButton onClick={scroll.jumpToBottom} />}
        <Composer
          fieldRef={composer}
          conversation={conversation}
          suggestions={shop?.suggested_questions ?? []}
          onSend={ask}
          onHandover={handOver}
        />
      </footer>
      <StatusLine status={describeStatus(entries.at(-1))} />
      {citation && <SourcePanel citation={citation} onClose={() => setCitation(null)} />}
    </>
  );
}
