import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../intents/random.ts';
import { createHttpClient, waitFor, type HttpClient } from './http-client.ts';
import { killNow, startCli, startCliServer, type CliServer } from './run-cli.ts';
import { leastCosine, readStoreContent, type StoreContent } from './store-content.ts';
import { isEqualContent } from './interrupted-ingest.ts';

export interface JobKill {
  /** `start`: before the server was ready. */
  when: 'start' | 'work';
  /** Files that were over when the server was there last; null at a start. */
  done: number | null;
}

export interface InterruptedJob {
  files: number;
  kills: JobKill[];
  /** The job as the last server tells it. */
  job: { state: string; total: number; done: number; failed: number };
  interrupted: StoreContent;
  undisturbed: StoreContent;
  equal: boolean;
  leastCosine: number;
}

/** Share of the kills that come while the server starts: the stores are opened, the index is caught up. */
const AT_START = 0.25;
const MINUTES = 30;

function documentOf(place: number, random: () => number) {
  const topics = ['ropes', 'tents', 'stoves', 'boots', 'maps', 'lamps'];
  const lines = Array.from(
    { length: 6 + Math.floor(random() * 30) },
    (_, line) =>
      `Number ${place}.${line}: our ${topics[(place + line) % 6]} are checked in week ${(place + line) % 52}.`,
  );
  return {
    source: `page-${place}`,
    name: `page-${place}.md`,
    text: `# Page ${place}\n\n${lines.join(' ')}\n`,
  };
}

/**
 * One job of so many files, its server killed with -9 at so many moments that a seed chooses and started again each
 * time; nobody asks for the rest. Beside it the same job undisturbed.
 */
export async function compareInterruptedJob(
  { files, kills: wanted, seed }: { files: number; kills: number; seed: number },
  dataDirs: { interrupted: string; undisturbed: string },
): Promise<InterruptedJob> {
  const random = seededRandom(seed);
  const documents = Array.from({ length: files }, (_, place) => documentOf(place, random));
  const moments = Array.from({ length: wanted }, () => random() * 0.97 * files).sort(
    (one, other) => one - other,
  );
  const settings = { ANSWERBOX_GENERATOR: 'none' };
  const options = { dataDir: dataDirs.interrupted, settings };

  const first = await openServer(options, null);
  const { adminKey } = first;
  let { server, client } = first;
  const jobId = await submit(client, documents, adminKey);
  const kills: JobKill[] = [];
  for (const moment of moments) {
    const done = await waitFor(
      `${Math.floor(moment)} files`,
      async () => {
        const { body } = await client.call('GET', `/api/v1/jobs/${jobId}?limit=0`, { key: adminKey });
        return body.done >= moment || body.finished_at !== null ? { count: body.done as number } : null;
      },
      MINUTES,
    );
    await wait(random() * 300);
    await killNow(server.process);
    kills.push({ when: 'work', done: done.count });
    if (random() < AT_START) {
      const starting = startCli(['serve'], options);
      await wait(random() * 4_000);
      await killNow(starting);
      kills.push({ when: 'start', done: null });
    }
    ({ server, client } = await openServer(options, adminKey));
  }
  const job = await finish(client, jobId, adminKey);
  await killNow(server.process);

  const calm = await openServer({ dataDir: dataDirs.undisturbed, settings }, null);
  await finish(calm.client, await submit(calm.client, documents, calm.adminKey), calm.adminKey);
  await killNow(calm.server.process);
  const [interrupted, undisturbed] = [
    readStoreContent(dataDirs.interrupted),
    readStoreContent(dataDirs.undisturbed),
  ];
  const least = leastCosine(interrupted.vectors, undisturbed.vectors);
  const { state, total, done, failed } = job;
  return {
    files,
    kills,
    job: { state, total, done, failed },
    interrupted,
    undisturbed,
    equal: isEqualContent(interrupted, undisturbed) && least > 0.99999,
    leastCosine: least,
  };
}

async function openServer(options: Parameters<typeof startCliServer>[0], knownKey: string | null) {
  const server: CliServer = await startCliServer(options);
  const adminKey = knownKey ?? server.adminKey ?? '';
  return { server, adminKey, client: createHttpClient({ url: server.url, adminKey }) };
}

async function submit(client: HttpClient, documents: unknown[], key: string): Promise<string> {
  const { status, body } = await client.call('POST', '/api/v1/documents', { body: { documents }, key });
  if (status !== 202) throw new Error(`the upload was answered ${status}: ${JSON.stringify(body)}`);
  return body.job_id as string;
}

function finish(client: HttpClient, id: string, key: string): Promise<InterruptedJob['job']> {
  return waitFor(
    'the job to be over',
    async () => {
      const { body } = await client.call('GET', `/api/v1/jobs/${id}?limit=0`, { key });
      return body.finished_at === null ? null : body;
    },
    MINUTES,
  );
}
