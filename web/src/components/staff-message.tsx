import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  id: string;
  author: string | null;
  text: string;
}

/** What a person wrote, under their name. As text: nothing in it is ever markup. */
export function StaffMessage({ id, author, text }: Props) {
  return (
    <article class="message message-staff" data-anchor data-message-id={id}>
      <h2 class="staff-name">
        <Icon name="person" />
        <span dir="auto">{author ?? translate('desk.team')}</span>
      </h2>
      <p dir="auto">{text}</p>
    </article>
  );
}
