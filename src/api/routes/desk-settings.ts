import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { previewHours } from '../../desk/preview-hours.ts';
import { HOURS_TABLE, hoursFault, spansOf, type HoursTable } from '../../shop/hours-table.ts';
import type { Server } from '../build-server.ts';
import { addOwnedSettingRoutes } from '../owned-setting-routes.ts';
import { HOURS_PREVIEW, HOURS_SHOWN, MOMENT } from '../schemas/desk-setting-schema.ts';

/** Tables of the desk that the owner sets while it runs. */
export function addDeskSettingRoutes(server: Server, app: App): void {
  const momentOf = ({ at }: Record<string, unknown>): Date => {
    const moment = typeof at === 'string' ? new Date(at) : app.desk.tools.now();
    if (Number.isNaN(moment.getTime()))
      throw new AnswerboxError('request_invalid', { reason: `at is ${String(at)}, which is no time` });
    return moment;
  };

  addOwnedSettingRoutes(server, app, {
    path: '/api/v1/settings/hours',
    setting: () => app.shop.hours,
    schema: HOURS_TABLE,
    fault: hoursFault,
    shown: HOURS_SHOWN,
    show: showHours,
    action: 'hours',
    detail: ({ hours = {}, holidays = [] }) => ({
      channels: Object.keys(hours).length,
      holidays: holidays.length,
    }),
    asked: { at: MOMENT },
    previewed: HOURS_PREVIEW,
    preview: (table, asked) => previewHours(table, momentOf(asked)),
  });
}

/** With every day as a list of spans, which is simpler to show than what a file may say. */
function showHours({ time_zone = 'UTC', hours = {}, holidays = [] }: HoursTable) {
  const weeks = Object.entries(hours).map(([channel, week]) => [
    channel,
    Object.fromEntries(Object.entries(week).map(([day, spans]) => [day, spansOf(spans)])),
  ]);
  return {
    time_zone,
    hours: Object.fromEntries(weeks) as Record<string, Record<string, string[][]>>,
    holidays: holidays.map((day) => ({ ...day, ...(day.hours && { hours: spansOf(day.hours) }) })),
  };
}
