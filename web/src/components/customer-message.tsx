import { translate } from '../translate.ts';

export function CustomerMessage({ text }: { text: string }) {
  return (
    <article class="message message-customer" data-anchor>
      <h2 class="visually-hidden">{translate('log.you')}</h2>
      <p dir="auto">{text}</p>
    </article>
  );
}
