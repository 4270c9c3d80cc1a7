import { translate } from '../translate.ts';

/** When a person is back, in the visitor's own zone: "Monday, 23 November at 09:00 CET". */
export function formatReturn(opensAt: string, zone?: string): string {
  return new Intl.DateTimeFormat(translate('lang'), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(zone && { timeZone: zone }),
  }).format(new Date(opensAt));
}
