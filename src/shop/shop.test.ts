import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createShop, type ShopProfile } from './shop.ts';

async function profileOf(profile: unknown): Promise<ShopProfile> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'profile.json'), JSON.stringify(profile));
  const database = openDatabase(':memory:');
  try {
    const settings = createSqliteSettingStore(database);
    return (await createShop({ folder, demoFolder: 'data/shop', settings })).profile();
  } finally {
    database.close();
  }
}

it('keeps the hours and holidays of the profile', async () => {
  const profile = {
    name: 'Bergladen',
    time_zone: 'Europe/Zurich',
    hours: {
      store: {
        mon: ['09:00', '12:00'],
        tue: [
          ['09:00', '12:00'],
          ['13:00', '24:00'],
        ],
        wed: [],
      },
    },
    holidays: [{ date: '2026-08-01', until: '2026-08-02', name: 'National Day', channels: ['store'] }],
  };
  expect(await profileOf(profile)).toEqual(profile);
});

it.each([
  { time_zone: 'Mars/Base' },
  { hours: { store: { mon: ['9:00', '12:00'] } } },
  { hours: { store: { mon: ['09:00', '25:00'] } } },
  { hours: { store: { monday: ['09:00', '12:00'] } } },
  { hours: { store: { mon: ['09:00'] } } },
  { holidays: [{ date: '1.8.2026', name: 'National Day' }] },
  { holidays: [{ date: '2026-08-01' }] },
])('does not start with hours that cannot be read: %j', async (more) => {
  await expect(profileOf({ name: 'Bergladen', ...more })).rejects.toMatchObject({
    code: 'config_unreadable',
  });
});
