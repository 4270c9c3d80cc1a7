import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpClient, waitFor } from '../testing/http-client.ts';
import { compareInterruptedIngest } from '../testing/interrupted-ingest.ts';
import { killNow, runCli, startCliServer, type CliServer } from '../testing/run-cli.ts';
import { readStoreContent } from '../testing/store-content.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const TOPICS = ['ropes', 'tents', 'stoves', 'boots', 'maps', 'lamps'];
const page = (place: number): string => {
  const topic = TOPICS[place % TOPICS.length]!;
  const sentences = Array.from(
    { length: 12 },
    (_, line) =>
      `Number ${place}.${line}: our ${topic} are checked in week ${(place * 7 + line) % 52} by a person.`,
  );
  return `# About ${topic}, page ${place}\n\n${sentences.join(' ')}\n`;
};

describe('kill -9', () => {
  it('at several moments of an ingest leaves nothing behind that another run does not complete', async () => {
    const folder = temporaryFolder();
    const documents = join(folder, 'documents');
    mkdirSync(documents);
    for (let place = 0; place < 60; place++) writeFileSync(join(documents, `page-${place}.md`), page(place));
    const dataDirs = { interrupted: join(folder, 'killed'), undisturbed: join(folder, 'calm') };
    // As soon as the store is there; in the first batch; after it.
    const result = await compareInterruptedIngest(documents, [0, 3, 33], dataDirs);
    expect(result.kills.map(({ stored }) => stored)[2]).toBeLessThan(60);
    expect(result.resumed).toMatchObject({
      changed: 0,
      failed: 0,
      unchanged: result.kills[2]!.stored,
      added: 60 - result.kills[2]!.stored,
    });
    const { vectors, ...interrupted } = result.interrupted;
    const { vectors: calmVectors, ...undisturbed } = result.undisturbed;
    expect(interrupted).toEqual(undisturbed);
    expect(interrupted).toMatchObject({ documents: 60, orphans: 0, sound: true });
    expect([vectors.length, calmVectors.length]).toEqual([interrupted.chunks, interrupted.chunks]);
    expect(result.leastCosine).toBeGreaterThan(0.95);
    expect(result.equal).toBe(true);
  });

  it('of the server in the middle of an upload loses nothing that was accepted', async () => {
    const dataDir = temporaryFolder();
    const start = async (): Promise<CliServer> => {
      const server = await startCliServer({ dataDir });
      onTestFinished(() => killNow(server.process));
      return server;
    };
    const first = await start();
    const adminKey = first.adminKey!;
    const before = createHttpClient({ url: first.url, adminKey });
    const documents = Array.from({ length: 40 }, (_, place) => ({
      source: `page-${place}`,
      name: `page-${place}.md`,
      text: page(place),
    }));
    const { body } = await before.call('POST', '/api/v1/documents', { body: { documents }, key: adminKey });
    const conversation = (await before.ask('Who checks the ropes?', { mode: 'extractive' })).conversation_id;
    await waitFor(
      'the job to be under way',
      async () => (await before.call('GET', `/api/v1/jobs/${body.job_id}`, { key: adminKey })).body.done >= 3,
    );
    await killNow(first.process);

    const second = await start();
    expect(second.adminKey).toBeNull();
    const after = createHttpClient({ url: second.url, adminKey });
    const job = await after.finishJob(body.job_id);
    expect(job).toMatchObject({ state: 'completed', total: 40, done: 40, failed: 0 });
    const messages = (await after.call('GET', `/api/v1/conversations/${conversation}`)).body.messages;
    expect(messages.map(({ role }: { role: string }) => role)).toEqual(['customer', 'assistant']);
    const { body: readiness } = await after.call('GET', '/readyz');
    expect(readiness).toMatchObject({ ready: true, documents: 40 });
    expect(readiness.indexed).toBe(readiness.chunks);
    await killNow(second.process);
    expect(readStoreContent(dataDir)).toMatchObject({ documents: 40, orphans: 0, sound: true });
    const search = await runCli(['search', 'stoves checked by a person', '--json'], { dataDir });
    expect(JSON.parse(search.stdout).results[0].text).toContain('stoves');
  });
});
