import { useEffect, useState } from 'preact/hooks';
import { listLibrary, type LibraryEntry, type MacroAction } from '../../api/desk-api.ts';
import { tellFailure } from '../../components/toasts.tsx';
import { staff } from '../../data/staff.ts';
import { translate } from '../../translate.ts';

interface MacroValueProps {
  action: MacroAction;
  label: string;
  onChange: (value: string) => void;
}

const STATUSES = ['open', 'pending', 'resolved', 'closed'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;

/** What a step needs to know; nothing for a step that needs nothing. */
export function MacroValue({ action: { do: what, value = '' }, label, onChange }: MacroValueProps) {
  const [teams, setTeams] = useState<readonly LibraryEntry[]>([]);
  useEffect(() => {
    if (what === 'team') listLibrary('teams').then(setTeams).catch(tellFailure);
  }, [what]);
  if (what === 'close' || what === 'snooze') return null;
  if (what === 'tag' || what === 'untag')
    return (
      <input
        required
        aria-label={label}
        maxLength={60}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  const choices: readonly (readonly [string, string])[] =
    what === 'status'
      ? STATUSES.map((one) => [one, translate(`status.${one}`)])
      : what === 'priority'
        ? PRIORITIES.map((one) => [one, translate(`priority.${one}`)])
        : [
            ['', translate('thread.nobody')],
            ...(what === 'assign' ? staff.value : teams).map(({ id, name }) => [id, name] as const),
          ];
  return (
    <select
      required={what === 'status' || what === 'priority'}
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {(what === 'status' || what === 'priority') && <option value="">…</option>}
      {choices.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
