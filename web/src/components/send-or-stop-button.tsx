import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  writing: boolean;
  empty: boolean;
  onStop: () => void;
}

/** Two buttons with keys of their own, so that a press meant for one never reaches the other. */
export function SendOrStopButton({ writing, empty, onStop }: Props) {
  if (writing) {
    return (
      <button key="stop" type="button" class="button stop" onClick={onStop}>
        <Icon name="stop" />
        {translate('composer.stop')}
      </button>
    );
  }
  return (
    <button key="send" type="submit" class="button primary" disabled={empty}>
      <Icon name="send" />
      {translate('composer.send')}
    </button>
  );
}
