import type { Present } from '../api/wire-types.ts';
import { Avatar } from '../components/avatar.tsx';
import { Icon } from '../components/icon.tsx';
import { ownId } from '../session/session.ts';
import { translate } from '../translate.ts';

/** Who else is here: faded when idle, with a pencil while writing; the assistant as people are. */
export function PresenceList({ present }: { present: Present }) {
  const others = present.filter(({ id }) => id !== ownId());
  if (others.length === 0) return null;
  return (
    <ul class="presence" aria-label={translate('presence.label')}>
      {others.map(({ id, name, state, kind }) => {
        const key = state === 'writing' ? `presence.writing_${kind ?? 'reply'}` : `presence.${state}`;
        const text = translate(key as 'presence.viewing', { name });
        return (
          <li key={id} data-state={state} title={text}>
            <Avatar name={name} small />
            {state === 'writing' && <Icon name="note" />}
            <span class={state === 'writing' ? '' : 'visually-hidden'}>{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
