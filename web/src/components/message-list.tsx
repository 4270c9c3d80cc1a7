import type { Citation } from '../../../src/answer/answer-types.ts';
import type { Shop } from '../api/wire-types.ts';
import type { AnswerEntry, Entry } from '../conversation/conversation-state.ts';
import { translate } from '../translate.ts';
import { AnswerMessage } from './answer-message.tsx';
import { CustomerMessage } from './customer-message.tsx';
import { HandoverMessage } from './handover-message.tsx';

export interface MessageActions {
  reply: (text: string) => void;
  retry: (entry: AnswerEntry) => void;
  cite: (citation: Citation) => void;
}

interface Props {
  entries: Entry[];
  busy: boolean;
  shop: Shop | null;
  conversationId: string | null;
  actions: MessageActions;
}

/** The log is silent (`aria-live="off"`): the status line alone speaks, once when an answer begins and once when it ends. */
export function MessageList({ entries, busy, shop, conversationId, actions }: Props) {
  return (
    <div class="column log" role="log" aria-label={translate('log.label')} aria-live="off" aria-busy={busy}>
      {entries.map((entry, position) => {
        switch (entry.kind) {
          case 'customer':
            return <CustomerMessage key={entry.key} text={entry.text} />;
          case 'handover':
            return <HandoverMessage key={entry.key} text={entry.text} shop={shop} />;
          case 'answer':
            return (
              <AnswerMessage
                key={entry.key}
                entry={entry}
                newest={position === entries.length - 1}
                shop={shop}
                conversationId={conversationId}
                actions={actions}
              />
            );
        }
      })}
    </div>
  );
}
