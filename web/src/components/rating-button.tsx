import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  up: boolean;
  pressed: boolean;
  onClick: () => void;
}

export function RatingButton({ up, pressed, onClick }: Props) {
  const name = translate(up ? 'feedback.yes' : 'feedback.no');
  return (
    <button
      type="button"
      class="button icon-only"
      aria-pressed={pressed}
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      <Icon name={up ? 'thumb_up' : 'thumb_down'} />
    </button>
  );
}
