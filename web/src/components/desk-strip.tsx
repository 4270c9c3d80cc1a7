import { isUnattended, type DeskView } from '../desk/desk-view.ts';
import { formatReturn } from '../desk/format-return.ts';
import { translate } from '../translate.ts';
import { Icon } from './icon.tsx';

interface Props {
  desk: DeskView;
  /** Asks for an e-mail address; null while that is done. */
  onLeave: (() => void) | null;
}

/** Who has the conversation now, right above the field; the status line has told it to screen readers. */
export function DeskStrip({ desk, onLeave }: Props) {
  const { state, person, typing, availability } = desk;
  if (state === 'assistant') return null;
  const away = isUnattended(desk);
  const name = person ?? translate('desk.team');
  return (
    <div class="desk-strip" data-desk={state}>
      <Icon name={state === 'closed' ? 'check' : 'person'} />
      <p>
        {state === 'waiting' && <strong>{translate('desk.waiting')}</strong>}
        {state === 'person' && <strong>{translate('desk.with', { name })}</strong>}
        {away && availability?.opens_at && !typing && (
          <span>{translate('desk.back_at', { time: formatReturn(availability.opens_at) })}</span>
        )}
        {state === 'person' && typing && (
          <span class="desk-typing">
            {translate('desk.typing', { name: typing })}
            <span class="writing-dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          </span>
        )}
        {state === 'closed' && <strong>{translate('desk.closed')}</strong>}
        {state === 'closed' && <span>{translate('desk.reopen')}</span>}
      </p>
      {away && onLeave && (
        <button type="button" class="button small" onClick={onLeave}>
          {translate('form.leave_mail')}
        </button>
      )}
    </div>
  );
}
