import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../src/errors.ts';
import type { BenchContext, BenchRow } from './bench-types.ts';
import { createTextGenerator, type TextGenerator } from './generate-text.ts';
import { quantile, round } from './measure.ts';
import { seedText, shopQuestions } from './shop-files.ts';
import type { SpawnedServer } from './spawned-server.ts';

/** Documents of a job, and open files below which the next job is sent: the queue is never empty. */
const JOB_FILES = 100;
const LEAST_OPEN = 50;
const WORDS = [60, 120, 40, 200];
/** Tokens that the generator writes by itself, for its speed alone. */
const DECODED_TOKENS = 64;

export interface BusyServer {
  server: SpawnedServer;
  key: string;
}

interface Measured {
  milliseconds: number[];
  tokensPerSecond: number[];
}

/**
 * The same questions one after another on an idle server and while it reads documents as fast as it can: p95 of the
 * whole answer, and how fast the generator writes.
 */
export async function answersWhileIngesting(
  busy: BusyServer,
  { quick, signal, say }: BenchContext,
): Promise<BenchRow[]> {
  const questions = await shopQuestions(quick ? 20 : 100);
  const texts = quick ? 3 : 10;
  await measure(busy, questions.slice(0, 3), 1, signal);
  say('load: answers on an idle server');
  const idle = await measure(busy, questions, texts, signal);
  say('load: answers while documents are read');
  const stop = new AbortController();
  const feeding = feed(busy, stop.signal);
  // A failure of it is told below; it must not go unheard until then.
  feeding.catch(() => undefined);
  await waitForPassages(busy, (await passagesOf(busy)) + 50, signal);
  const [before, started] = [await passagesOf(busy), performance.now()];
  const loaded = await measure(busy, questions, texts, signal);
  const seconds = (performance.now() - started) / 1000;
  const passages = (await passagesOf(busy)) - before;
  stop.abort();
  await feeding;
  const p95 = ({ milliseconds }: Measured): number => quantile(milliseconds, 0.95);
  const decode = ({ tokensPerSecond }: Measured): number => quantile(tokensPerSecond, 0.5);
  const row = (path: string, measured: Measured): BenchRow => ({
    path,
    answers: measured.milliseconds.length,
    p50_ms: round(quantile(measured.milliseconds, 0.5), 0),
    p95_ms: round(p95(measured), 0),
    decode_tokens_per_second: round(decode(measured), 1),
  });
  return [
    row('answers, idle', idle),
    { ...row('answers, ingesting', loaded), passages_per_second: round(passages / seconds, 1) },
    {
      path: 'ratio, ingesting / idle',
      p95_ms: round(p95(loaded) / p95(idle)),
      decode_tokens_per_second: round(decode(loaded) / decode(idle)),
    },
  ];
}

async function measure(
  busy: BusyServer,
  questions: readonly string[],
  texts: number,
  signal: AbortSignal,
): Promise<Measured> {
  const measured: Measured = { milliseconds: [], tokensPerSecond: [] };
  for (const message of questions) {
    throwIfCancelled(signal);
    const started = performance.now();
    await call(busy, 'POST', '/api/v1/chat', { message });
    measured.milliseconds.push(performance.now() - started);
  }
  const model = await generatorOf(busy);
  for (let text = 0; text < texts; text += 1) {
    throwIfCancelled(signal);
    measured.tokensPerSecond.push(await decodeSpeed(busy, model, text));
  }
  return measured;
}

/** The generator's own name among the models that programs may call. */
async function generatorOf(busy: BusyServer): Promise<string> {
  const { data } = await call<{ data: { id: string }[] }>(busy, 'GET', '/v1/models');
  const found = data.find(({ id }) => /generator/.test(id));
  if (!found) throw new Error('The server has no generator: decode cannot be measured.');
  return found.id;
}

/** Tokens a second from the first to the last one. */
async function decodeSpeed({ server, key }: BusyServer, model: string, seed: number): Promise<number> {
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: headersOf(key),
    body: JSON.stringify({
      model,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: DECODED_TOKENS,
      messages: [
        { role: 'user', content: `Tell a long story about a walk in the mountains, number ${seed}.` },
      ],
    }),
  });
  let [first, last, tokens, rest] = [0, 0, 0, ''];
  for await (const bytes of response.body!) {
    rest += Buffer.from(bytes).toString('utf8');
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const chunk = JSON.parse(line.slice(6)) as Chunk;
      if (chunk.choices[0]?.delta?.content) [first, last] = [first || performance.now(), performance.now()];
      tokens = chunk.usage?.completion_tokens ?? tokens;
    }
  }
  return tokens > 1 && last > first ? ((tokens - 1) * 1000) / (last - first) : 0;
}

interface Chunk {
  choices: { delta?: { content?: string } }[];
  usage?: { completion_tokens: number } | null;
}

/** Sends jobs so that files always wait, until it is told to stop; then cancels what is left. */
async function feed(busy: BusyServer, signal: AbortSignal): Promise<void> {
  const generator = createTextGenerator(await seedText(), 11);
  const jobs: string[] = [];
  for (let sent = 0; !signal.aborted;) {
    const open = await Promise.all(jobs.slice(-2).map((id) => openFiles(busy, id)));
    if (open.reduce((sum, count) => sum + count, 0) < LEAST_OPEN) {
      const { job_id: id } = await call<{ job_id: string }>(busy, 'POST', '/api/v1/documents', {
        documents: documentsOf(generator, sent),
      });
      jobs.push(id);
      sent += JOB_FILES;
    }
    await wait(100, undefined, { signal }).catch(() => undefined);
  }
  for (const id of jobs.slice(-2))
    await call(busy, 'POST', `/api/v1/jobs/${id}/cancel`).catch(() => undefined);
}

function documentsOf(generator: TextGenerator, from: number) {
  return Array.from({ length: JOB_FILES }, (_, place) => {
    const { title, text } = generator.document(WORDS[place % WORDS.length]!);
    return { source: `bench:${from + place}`, name: `bench-${from + place}.md`, title, text };
  });
}

async function openFiles(busy: BusyServer, id: string): Promise<number> {
  const { total, done } = await call<{ total: number; done: number }>(
    busy,
    'GET',
    `/api/v1/jobs/${id}?limit=0`,
  );
  return total - done;
}

async function passagesOf(busy: BusyServer): Promise<number> {
  return (await call<{ chunks: number }>(busy, 'GET', '/readyz')).chunks;
}

async function waitForPassages(busy: BusyServer, wanted: number, signal: AbortSignal): Promise<void> {
  while ((await passagesOf(busy)) < wanted) {
    throwIfCancelled(signal);
    await wait(200);
  }
}

async function call<Result>(
  { server, key }: BusyServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Result> {
  const response = await fetch(server.url + path, {
    method,
    headers: headersOf(key),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return (response.status === 204 ? null : await response.json()) as Result;
}

function headersOf(key: string): Record<string, string> {
  return { 'content-type': 'application/json', authorization: `Bearer ${key}` };
}
