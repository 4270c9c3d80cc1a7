import type { Static } from '@sinclair/typebox';
import type { HOURS_PREVIEW } from '../../../../src/api/schemas/desk-setting-schema.ts';
import { DataTable } from '../../components/data-table.tsx';
import { translate } from '../../translate.ts';
import { showSpans } from './hours-draft.ts';

export type HoursPreview = Static<typeof HOURS_PREVIEW>;

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** Who is there at a moment, when next, what a customer is told, and the two weeks from then. */
export function HoursOutlook({ preview }: { preview: HoursPreview }) {
  const { channels, days, time_zone: zone, desk_channel: desk } = preview;
  const there = (iso: string) =>
    new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    }).format(new Date(iso));
  const stateOf = ({
    open,
    closes_at: closes,
    opens_at: opens,
  }: HoursPreview['channels'][number]): string => {
    if (open)
      return closes === null
        ? translate('hours.open_always')
        : translate('hours.open_until', { time: there(closes) });
    return opens === null
      ? translate('hours.never_open')
      : translate('hours.closed_until', { time: there(opens) });
  };
  return (
    <>
      <p role="status">
        {translate('hours.local', { time: there(preview.at), zone })}{' '}
        {desk === null ? translate('hours.none') : translate('hours.desk', { channel: desk })}
      </p>
      <dl class="facts">
        {channels.map((channel) => (
          <div key={channel.name} class="fact">
            <dt>{channel.name}</dt>
            <dd>{stateOf(channel)}</dd>
          </div>
        ))}
      </dl>
      <blockquote class="quote">{preview.text}</blockquote>
      {channels.length > 0 && (
        <DataTable
          caption={translate('hours.two_weeks')}
          rows={days}
          keyOf={({ date }) => date}
          columns={[
            {
              id: 'date',
              title: translate('hours.day'),
              cell: ({ date }) => DAY.format(new Date(`${date}T00:00:00Z`)),
            },
            ...channels.map(({ name }, index) => ({
              id: `channel ${name}`,
              title: name,
              cell: ({ channels: plans }: HoursPreview['days'][number]) => {
                const { spans = [], holiday = null } = plans[index] ?? {};
                const shown = showSpans(spans) || translate('hours.closed');
                return holiday === null ? shown : `${shown} (${holiday})`;
              },
            })),
          ]}
        />
      )}
    </>
  );
}
