import type { MenuItem } from '../components/menu.tsx';
import { clockTime, shortDate } from '../format/time.ts';
import { translate } from '../translate.ts';
import { SNOOZE_KINDS, wakeTime } from './snooze-options.ts';

export const CUSTOM = 'custom';

/** The choices with the time that each means, in the reader's zone; a date of one's own last. */
export function snoozeItems(now = new Date()): MenuItem[] {
  const named = SNOOZE_KINDS.map((kind) => {
    const time = wakeTime(kind, now)?.toISOString();
    return {
      value: kind,
      label: translate(`snooze.${kind}`),
      ...(time && { detail: `${shortDate(time)}, ${clockTime(time)}` }),
    };
  });
  return [...named, { value: CUSTOM, label: translate('snooze.custom') }];
}
