import { openOwnedSetting, type OwnedSetting } from '../files/owned-setting.ts';
import type { SettingStore } from '../stores/contracts.ts';
import type { HoursProfile } from './hours-profile.ts';
import { HOURS_TABLE, hoursOf, type HoursTable } from './hours-table.ts';

/** When the business is open: of profile.json where that says so, else of the console, else of the demo shop. */
export type Hours = OwnedSetting<HoursTable>;

/** @param own the owner's profile.json; null without one */
export function openHours(
  settings: Pick<SettingStore, 'get' | 'set'>,
  own: HoursProfile | null,
  shipped: () => HoursProfile,
): Promise<Hours> {
  return openOwnedSetting<HoursTable>({
    settings,
    name: 'desk_hours',
    file: 'profile.json',
    inFile: own && hoursOf(own),
    builtIn: () => hoursOf(shipped()) ?? {},
    schema: HOURS_TABLE,
  });
}

/** A profile with the hours that are in force. */
export function withHours<Profile extends HoursProfile>(profile: Profile, { value }: Hours): Profile {
  const { time_zone: _zone, hours: _hours, holidays: _holidays, ...rest } = profile;
  return { ...rest, ...value } as Profile;
}
