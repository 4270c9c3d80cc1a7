import type { Shop } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { ContactDetails } from './contact-details.tsx';
import { OutcomeLabel } from './outcome-label.tsx';

export function HandoverMessage({ text, shop }: { text: string; shop: Shop | null }) {
  return (
    <article class="message message-answer" data-anchor data-outcome="handed_off">
      <h2 class="visually-hidden">{translate('log.answer')}</h2>
      <OutcomeLabel outcome="handed_off" />
      <div class="answer-text">
        <p dir="auto">{text}</p>
      </div>
      <ContactDetails shop={shop} after={text} />
    </article>
  );
}
