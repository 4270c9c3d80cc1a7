import type { CustomerEntry } from '../conversation/conversation-state.ts';
import { translate } from '../translate.ts';

interface Props {
  entry: CustomerEntry;
  /** Staff have read it. */
  seen: boolean;
  onRetry: () => void;
}

export function CustomerMessage({ entry, seen, onRetry }: Props) {
  const { text, delivery } = entry;
  return (
    <article class="message message-customer" data-anchor data-delivery={delivery}>
      <h2 class="visually-hidden">{translate('log.you')}</h2>
      <p dir="auto">{text}</p>
      {delivery === 'unsent' && (
        <div class="note note-error" role="alert">
          <span>{translate('desk.unsent')}</span>
          <button type="button" class="button small" onClick={onRetry}>
            {translate('desk.resend')}
          </button>
        </div>
      )}
      {seen && <span class="message-seen">{translate('desk.seen')}</span>}
    </article>
  );
}
