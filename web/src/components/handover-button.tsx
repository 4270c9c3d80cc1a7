import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  busy: boolean;
  onClick: () => void;
}

/** Stays focusable while busy: a disabled button would lose the keyboard's place. */
export function HandoverButton({ busy, onClick }: Props) {
  return (
    <button
      type="button"
      class="button quiet handover"
      aria-disabled={busy}
      onClick={busy ? undefined : onClick}
    >
      <Icon name="person" />
      {translate(busy ? 'handover.busy' : 'handover.button')}
    </button>
  );
}
