import { Icon } from '../../components/icon.tsx';
import { translate } from '../../translate.ts';
import { DAYS, type HoursDraft } from './hours-draft.ts';

interface HoursFieldsProps {
  draft: HoursDraft;
  onChange: (draft: HoursDraft) => void;
}

/** The week of each channel, a day a field. */
export function ChannelHours({ draft, onChange }: HoursFieldsProps) {
  const { channels } = draft;
  const set = (index: number, change: Partial<HoursDraft['channels'][number]>) =>
    onChange({ ...draft, channels: channels.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  const add = () => {
    const days = Object.fromEntries(DAYS.map((day) => [day, ''])) as HoursDraft['channels'][number]['days'];
    const taken = new Set(channels.map(({ name }) => name));
    const name = ['chat', 'phone', 'store'].find((one) => !taken.has(one)) ?? '';
    onChange({ ...draft, channels: [...channels, { name, days }] });
  };
  return (
    <>
      {channels.map(({ name, days }, index) => (
        <div key={index} class="channel-hours" role="group" aria-label={name || translate('hours.channel')}>
          <div class="row-line">
            <input
              class="channel-name"
              aria-label={translate('hours.channel')}
              maxLength={40}
              value={name}
              onInput={({ currentTarget: { value } }) => set(index, { name: value })}
            />
            <button
              type="button"
              class="button icon-only small"
              aria-label={translate('hours.remove', { name })}
              onClick={() => onChange({ ...draft, channels: channels.filter((_, at) => at !== index) })}
            >
              <Icon name="close" />
            </button>
          </div>
          <div class="week">
            {DAYS.map((day) => (
              <label key={day}>
                <span class="field-label">{translate(`hours.${day}`)}</span>
                <input
                  placeholder={translate('hours.closed')}
                  value={days[day]}
                  onInput={({ currentTarget: { value } }) => set(index, { days: { ...days, [day]: value } })}
                />
              </label>
            ))}
          </div>
        </div>
      ))}
      <div>
        <button type="button" class="button small" onClick={add}>
          <Icon name="plus" /> {translate('hours.add_channel')}
        </button>
      </div>
    </>
  );
}
