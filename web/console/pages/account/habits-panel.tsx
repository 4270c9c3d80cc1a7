import { Panel } from '../../components/panel.tsx';
import { tellFailure } from '../../components/toasts.tsx';
import { preference, setPreference } from '../../session/session.ts';
import { translate } from '../../translate.ts';

/** Switches that are on until they are turned off. */
const HABITS = ['letter_keys', 'take_on_typing', 'mail'] as const;

export function HabitsPanel() {
  return (
    <Panel title={translate('account.habits')}>
      {HABITS.map((name) => (
        <label key={name} class="check-line">
          <input
            type="checkbox"
            role="switch"
            checked={preference(name) !== false}
            onChange={({ currentTarget: { checked } }) => {
              setPreference(name, checked).catch(tellFailure);
            }}
          />
          {translate(`habit.${name}`)}
        </label>
      ))}
    </Panel>
  );
}
