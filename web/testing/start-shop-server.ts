import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.ts';
import { startTestServer, type TestServer } from '../../src/testing/start-test-server.ts';

export interface ShopServerOptions {
  config?: Partial<Config>;
  /** Whether people are there, on whatever day the test runs. */
  people?: 'there' | 'away';
}

/** The real server with the demo shop, whose people are there around the clock, or back in two days at nine. */
export async function startShopServer({ config, people = 'there' }: ShopServerOptions): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'answerbox-shop-'));
  await writeShopProfile(dataDir, people);
  const server = await startTestServer({ dataDir, ...(config && { config }) });
  return {
    ...server,
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function writeShopProfile(dataDir: string, people: 'there' | 'away'): Promise<void> {
  const profile = JSON.parse(await readFile('data/shop/profile.json', 'utf8')) as Record<string, unknown>;
  const back = new Date(Date.now() + 2 * 86_400_000);
  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][back.getUTCDay()]!;
  const hours = people === 'there' ? undefined : { chat: { [day]: ['09:00', '09:30'] } };
  const own = { ...profile, time_zone: 'UTC', hours, holidays: undefined };
  await writeFile(join(dataDir, 'profile.json'), JSON.stringify(own));
}
