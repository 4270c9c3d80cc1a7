import { Dialog } from '../components/dialog.tsx';
import { tellFailure } from '../components/toasts.tsx';
import { setPreference } from '../session/session.ts';
import { translate } from '../translate.ts';
import { COMMAND_GROUPS, commands, lettersOff } from './commands.ts';
import { KeyHint } from './key-hint.tsx';

/** Every key that works here, from the registry that the command bar uses, and the switch for letters. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const offered = commands.value.filter(({ keys }) => keys !== undefined);
  return (
    <Dialog title={translate('keys.title')} size="wide" onClose={onClose}>
      <label class="check-line">
        <input
          type="checkbox"
          role="switch"
          checked={!lettersOff.value}
          onChange={({ currentTarget }) => {
            setPreference('letter_keys', currentTarget.checked).catch(tellFailure);
          }}
        />
        {translate('keys.letters')}
      </label>
      <div class="key-sheet">
        {COMMAND_GROUPS.map((group) => {
          const own = offered.filter((command) => command.group === group);
          return own.length === 0 ? null : (
            <section key={group}>
              <h3>{translate(`command.${group}`)}</h3>
              <dl>
                {own.map(({ id, label, keys }) => (
                  <div key={id}>
                    <dt>{label}</dt>
                    <dd>{keys && <KeyHint keys={keys} />}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
