import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

export function NewMessagesButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="button new-messages" onClick={onClick}>
      <Icon name="down" />
      {translate('composer.to_newest')}
    </button>
  );
}
