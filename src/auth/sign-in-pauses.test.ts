import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingStore } from '../stores/contracts.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { createMemoryProofAttempts } from '../testing/memory-proof-attempts.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createDeviceMarks } from './device-marks.ts';
import { createSignInPauses, type Guesser } from './sign-in-pauses.ts';

function openPauses() {
  let at = Date.UTC(2026, 10, 23, 9);
  const waits: number[] = [];
  const pauses = createSignInPauses(
    createMemoryProofAttempts(),
    () => at,
    async (milliseconds) => {
      waits.push(milliseconds);
      at += milliseconds;
    },
  );
  const tries = async (guesser: Partial<Guesser>, count: number): Promise<string[]> => {
    const outcomes: string[] = [];
    for (let place = 0; place < count; place += 1) {
      const whole = { email: 'olga@shop.example', address: '203.0.113.7', device: null, ...guesser };
      const code = (error: { code?: string }): string => error.code ?? 'no code';
      outcomes.push(await pauses.begin(whole).then(() => 'let in', code));
    }
    return outcomes;
  };
  return { pauses, tries, waits };
}

describe('the pause after wrong passwords', () => {
  it('is of the network that they came from; elsewhere the user is let in', async () => {
    const { tries } = openPauses();
    expect((await tries({}, 6)).at(-1)).toBe('sign_in_paused');
    expect(await tries({ address: '198.51.100.4' }, 1)).toEqual(['let in']);
    expect((await tries({ address: '2001:db8:1:2::5' }, 6)).at(-1)).toBe('sign_in_paused');
    expect(await tries({ address: '2001:db8:1:2:ffff::9' }, 1)).toEqual(['sign_in_paused']);
    expect(await tries({ address: '2001:db8:1:3::5' }, 1)).toEqual(['let in']);
  });

  it('of many networks at one account only slows its unknown browsers, by seconds', async () => {
    const { tries, waits } = openPauses();
    for (let network = 0; network < 40; network += 1) await tries({ address: `198.51.100.${network}` }, 1);
    expect(waits.length).toBeGreaterThan(10);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_000);
    expect(await tries({}, 1)).toEqual(['let in']);
    const before = waits.length;
    expect(await tries({ device: 'known' }, 1)).toEqual(['let in']);
    expect(await tries({ email: 'paul@shop.example' }, 1)).toEqual(['let in']);
    expect(waits).toHaveLength(before);
  });

  it('does not add up over accounts on this machine, where a proxy without a name puts everybody', async () => {
    const { tries } = openPauses();
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::1'])
      for (let person = 0; person < 40; person += 1)
        expect(await tries({ address, email: `${person}@${address}` }, 1)).toEqual(['let in']);
    for (let person = 0; person < 30; person += 1) await tries({ email: `${person}@shop.example` }, 1);
    expect(await tries({ email: 'paul@shop.example' }, 1)).toEqual(['sign_in_paused']);
    // Guesses at one account are paused there as anywhere.
    expect((await tries({ address: '127.0.0.1' }, 6)).at(-1)).toBe('sign_in_paused');
  });

  it('ends for a whole account, and for no other, when somebody who may says so', async () => {
    const { pauses, tries } = openPauses();
    const paul = { email: 'paul@shop.example' };
    for (const guesser of [{}, { device: 'known' }, { ...paul, address: '198.51.100.4' }])
      expect((await tries(guesser, 6)).at(-1)).toBe('sign_in_paused');
    await pauses.clear(' Olga@shop.example');
    expect(await tries({}, 1)).toEqual(['let in']);
    expect(await tries({ device: 'known' }, 1)).toEqual(['let in']);
    expect(await tries({ ...paul, address: '198.51.100.4' }, 1)).toEqual(['sign_in_paused']);
  });
});

describe('the cookie of a browser', () => {
  it('keeps the mark of each who signs in there, of one person the newest, and no more than eight', async () => {
    const marks = createDeviceMarks(settings());
    const olga = await marks.make('olga@shop.example', null);
    const both = await marks.make('paul@shop.example', `${olga}:not-a-mark`);
    expect(await marks.read(both, 'olga@shop.example')).toBe(await marks.read(olga, 'olga@shop.example'));
    expect(await marks.read(both, 'paul@shop.example')).not.toBeNull();
    expect(await marks.read(both, 'eve@shop.example')).toBeNull();
    const again = await marks.make('olga@shop.example', both);
    expect(again.split(':')).toHaveLength(2);
    expect(await marks.read(again, 'olga@shop.example')).not.toBe(
      await marks.read(olga, 'olga@shop.example'),
    );
    let many = again;
    for (let person = 0; person < 12; person += 1) many = await marks.make(`${person}@shop.example`, many);
    expect(many.split(':')).toHaveLength(8);
    expect(await marks.read(many, 'olga@shop.example')).toBeNull();
    expect(await marks.read(many, '11@shop.example')).not.toBeNull();
  });
});

function settings(): SettingStore {
  const database = openDatabase(join(temporaryFolder(), 'answerbox.sqlite'));
  onTestFinished(() => void database.close());
  return createSqliteSettingStore(database);
}
