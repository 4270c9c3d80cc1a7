import type { Shop } from '../api/wire-types.ts';
import { isOngoing, type AnswerEntry } from '../conversation/conversation-state.ts';
import { translate } from '../translate.ts';
import { AnswerExtras } from './answer-extras.tsx';
import { AnswerText } from './answer-text.tsx';
import { EndNote } from './end-note.tsx';
import type { MessageActions } from './message-list.tsx';
import { OutcomeLabel } from './outcome-label.tsx';
import { SourceList } from './source-list.tsx';
import { WritingIndicator } from './writing-indicator.tsx';

interface Props {
  entry: AnswerEntry;
  newest: boolean;
  shop: Shop | null;
  conversationId: string | null;
  actions: MessageActions;
}

export function AnswerMessage({ entry, newest, shop, conversationId, actions }: Props) {
  const { answer, text, citations, status } = entry;
  return (
    <article
      class="message message-answer"
      lang={answer?.language}
      data-status={status}
      data-outcome={answer?.outcome}
      data-message-id={entry.messageId ?? undefined}
    >
      <h2 class="visually-hidden">{translate('log.answer')}</h2>
      {answer && <OutcomeLabel outcome={answer.outcome} />}
      {text && <AnswerText text={text} citations={citations} onCite={actions.cite} />}
      {isOngoing(entry) && <WritingIndicator stage={entry.stage} />}
      {!isOngoing(entry) && citations.length > 0 && <SourceList citations={citations} />}
      <EndNote entry={entry} onRetry={() => actions.retry(entry)} onLeave={actions.leave} />
      {answer && (
        <AnswerExtras
          answer={answer}
          newest={newest}
          shop={shop}
          conversationId={conversationId ?? answer.conversation_id}
          onReply={actions.reply}
        />
      )}
    </article>
  );
}
