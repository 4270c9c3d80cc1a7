import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpClient, waitFor, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

/** A disk of its own that may be filled; only root may mount one. The store's own test of a full disk runs for all. */
const disk = mkdtempSync(join(tmpdir(), 'answerbox-disk-'));
const mounted = mount();

function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function unmount(): boolean {
  try {
    execFileSync('umount', [disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let server: TestServer | undefined;
let client: HttpClient;
let key: string;
beforeAll(async () => {
  if (!mounted) return;
  server = await startTestServer({
    dataDir: join(disk, 'data'),
    config: { demo: false, stored_answers: false },
  });
  client = createHttpClient(server);
  key = server.adminKey;
});
afterAll(async () => {
  await server?.close();
  // Threads of the closed stores may hold its files for a moment.
  if (mounted) await waitFor('the disk to be let go', () => Promise.resolve(unmount()), 0.5);
  rmSync(disk, { recursive: true, force: true });
});

const FACT = {
  source: 'fact.md',
  name: 'fact.md',
  text: '# Lockers\n\nThe lockers in the shop are emptied every night at half past eleven.\n',
};
const upload = (documents: unknown[]) =>
  client.call('POST', '/api/v1/documents', { body: { documents }, key });
const page = (place: number) => ({
  source: `page-${place}`,
  name: 'page.md',
  text: `# Page ${place}\n\nRopes ${place}.\n\n<!--${'x'.repeat(1_000_000)}-->\n`,
});

it.skipIf(!mounted)(
  'a full disk refuses what is new, keeps what was stored, and heals when there is room again',
  async () => {
    await client.finishJob((await upload([FACT])).body.job_id);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(4_000_000));
    const accepted: string[] = [];
    const refused = await waitFor('the disk to be full', async () => {
      const result = await upload([page(accepted.length)]);
      if (result.status === 202) accepted.push(result.body.job_id);
      return result.status === 202 ? null : result;
    });
    expect(refused).toMatchObject({
      status: 507,
      body: { error: { code: 'storage_full', message: expect.stringContaining('Free some space') } },
    });
    expect(accepted.length).toBeGreaterThan(2);

    expect((await client.call('GET', '/healthz')).status).toBe(200);
    const search = await client.call('POST', '/api/v1/search', { body: { query: 'lockers emptied' }, key });
    expect(search.body.results[0].title).toBe('Lockers');
    const answer = await client.call('POST', '/api/v1/chat', {
      body: { message: 'When are the lockers emptied?', mode: 'extractive' },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { answer: expect.stringContaining('half past eleven') },
    });

    // To the last byte: even a question has no room now.
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'rest'), Buffer.alloc(bavail * bsize));
    const tight = await client.call('POST', '/api/v1/chat', {
      body: { message: 'When are the lockers emptied?', mode: 'extractive' },
    });
    expect([200, 507]).toContain(tight.status);
    expect(
      (await client.call('POST', '/api/v1/search', { body: { query: 'lockers emptied' }, key })).body
        .results[0].title,
    ).toBe('Lockers');

    for (const file of [ballast, join(disk, 'rest')]) rmSync(file);
    await waitFor(
      'uploads to be taken again',
      async () => (await upload([{ ...FACT, source: 'again.md' }])).status === 202,
    );
    for (const id of accepted)
      expect(await client.finishJob(id)).toMatchObject({ state: 'completed', failed: 0 });
    const after = await client.ask('When are the lockers emptied?', { mode: 'extractive' });
    expect(after.answer).toContain('half past eleven');
  },
);
