import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askQuestion } from '../src/evaluate/ask-question.ts';
import { loadConfig } from '../src/config.ts';
import { startServer, type RunningServer } from '../src/serve.ts';
import type { Bench, BenchContext, BenchRow } from './bench-types.ts';
import { quantile, spreadOf } from './measure.ts';
import { shopQuestions } from './shop-files.ts';

/** What a stored answer may cost, in ms at p95: as asked for. */
const ASKED = { path: 10, http: 25 } as const;

export const benchCache: Bench = {
  name: 'cache',
  about: 'an answer that is kept: inside the path and over HTTP, beside the same questions computed',
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-bench-'));
    try {
      const { config } = loadConfig({ environment: {}, file: join(folder, 'no-such-file.json') });
      context.say('cache: starting a server with the demo shop');
      const server = await startServer(
        { ...config, data_dir: folder, port: 0, log_level: 'silent' },
        { signal: context.signal },
      );
      try {
        return await measure(server, context);
      } finally {
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure({ app, url }: RunningServer, { quick, signal, say }: BenchContext) {
  await app.refreshProducts(signal);
  const asked: { question: string; ms: number }[] = [];
  for (const question of await shopQuestions(quick ? 12 : 40)) {
    const { totalMs } = await askQuestion(app, question, 'extractive', signal);
    asked.push({ question, ms: totalMs });
  }
  // Live answers are never kept, so that only some of the questions are of use here.
  const kept: string[] = [];
  for (const { question } of asked) {
    const { answer } = await askQuestion(app, question, 'extractive', signal);
    if (answer?.mode === 'cached') kept.push(question);
  }
  const inPath = async (question: string): Promise<number> =>
    (await askQuestion(app, question, 'extractive', signal)).answer!.timings_ms.total;
  const whole = async (question: string): Promise<number> =>
    (await askQuestion(app, question, 'extractive', signal)).totalMs;
  const overHttp = async (question: string): Promise<number> => {
    const started = performance.now();
    const response = await fetch(`${url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: question, mode: 'extractive' }),
      signal,
    });
    await response.json();
    return performance.now() - started;
  };
  const runs = quick ? 3 : 10;
  const rows: BenchRow[] = [computedRow(asked.filter(({ question }) => kept.includes(question)))];
  for (const [place, once, most] of [
    ['path, until the answer is made', inPath, ASKED.path],
    ['path, until it is stored', whole, ASKED.path],
    ['HTTP', overHttp, ASKED.http],
  ] as const) {
    say(`cache: ${place}`);
    const times: number[][] = [];
    for (let run = 0; run < runs; run++) {
      const some: number[] = [];
      for (const question of kept) some.push(await once(question));
      times.push(some);
    }
    rows.push({
      answers: 'kept',
      measured: place,
      p50_ms: spreadOf(times.map((some) => quantile(some, 0.5))),
      p95_ms: spreadOf(times.map((some) => quantile(some, 0.95))),
      asked_p95_ms: most,
      questions: kept.length,
    });
  }
  const { answers } = await app.caches();
  return {
    rows,
    notes: [
      `${kept.length} of ${asked.length} questions are kept (the others are answered live), ${runs} runs; median (min…max) over the runs`,
      'each question is a new conversation: two messages and the conversation are on the disk before the answer is told',
      `counted: ${answers.exact} exact, ${answers.near} near, ${answers.joined} joined, ${answers.miss} computed`,
    ],
  };
}

function computedRow(asked: readonly { ms: number }[]): BenchRow {
  const times = asked.map(({ ms }) => ms);
  return {
    answers: 'computed',
    measured: 'path, until it is stored',
    p50_ms: spreadOf([quantile(times, 0.5)]),
    p95_ms: spreadOf([quantile(times, 0.95)]),
    asked_p95_ms: null,
    questions: times.length,
  };
}
