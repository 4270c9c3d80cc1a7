import { expect, it, vi } from 'vitest';
import { fuzzHttp } from '../testing/fuzz-http.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 300_000 });

it('answers or closes mutated requests, and never fails', async () => {
  const server = await startDeskServer();
  const { failures, answers } = await fuzzHttp(
    { url: server.url, key: server.adminKey },
    { seed: 20_261_122, inputs: 600 },
  );
  expect(failures).toEqual([]);
  expect(answers['200']).toBeGreaterThan(10);
  expect(answers['400']).toBeGreaterThan(10);
  expect((await server.http.call('GET', '/api/v1/availability')).status).toBe(200);
  expect(server.database.pragma('integrity_check', { simple: true })).toBe('ok');
});
