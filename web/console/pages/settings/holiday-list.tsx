import { Icon } from '../../components/icon.tsx';
import { translate } from '../../translate.ts';
import type { HolidayDraft, HoursDraft } from './hours-draft.ts';

const NONE: HolidayDraft = { date: '', until: '', name: '', channels: '', hours: '' };
const FIELDS = ['date', 'until', 'name', 'channels', 'hours'] as const;
const PLACEHOLDERS = { channels: 'hours.all_channels', hours: 'hours.closed' } as const;

interface HolidayListProps {
  draft: HoursDraft;
  onChange: (draft: HoursDraft) => void;
}

/** Days that are not like others: closed, or open at other times. */
export function HolidayList({ draft, onChange }: HolidayListProps) {
  const { holidays } = draft;
  const set = (index: number, change: Partial<HolidayDraft>) =>
    onChange({ ...draft, holidays: holidays.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <details class="holidays" open={holidays.length < 10}>
      <summary>{translate('hours.holidays', { count: holidays.length })}</summary>
      <ul class="rows">
        {holidays.map((holiday, index) => (
          <li key={index} class="holiday">
            {FIELDS.map((field) => (
              <label key={field}>
                <span class="field-label">{translate(`holiday.${field}`)}</span>
                {field === 'date' || field === 'until' ? (
                  <input
                    type="date"
                    value={holiday[field]}
                    onInput={({ currentTarget: { value } }) => set(index, { [field]: value })}
                  />
                ) : (
                  <input
                    placeholder={field === 'name' ? '' : translate(PLACEHOLDERS[field])}
                    value={holiday[field]}
                    onInput={({ currentTarget: { value } }) => set(index, { [field]: value })}
                  />
                )}
              </label>
            ))}
            <button
              type="button"
              class="button icon-only small"
              aria-label={translate('hours.remove', { name: holiday.name || holiday.date })}
              onClick={() => onChange({ ...draft, holidays: holidays.filter((_, at) => at !== index) })}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button small"
        onClick={() => onChange({ ...draft, holidays: [...holidays, NONE] })}
      >
        <Icon name="plus" /> {translate('hours.add_holiday')}
      </button>
    </details>
  );
}
