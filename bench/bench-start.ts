import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchContext } from './bench-types.ts';
import { megabytes, spreadOf } from './measure.ts';
import { shopQuestions } from './shop-files.ts';
import { spawnServer, type SpawnedServer } from './spawned-server.ts';

interface Start {
  fresh: number;
  existing: number;
  idle: { server: number; models: number };
  used: { server: number; models: number };
}

export const benchStart: Bench = {
  name: 'start',
  about:
    'from the start of the server until it can answer, on a fresh and on an existing data folder; memory',
  run: async (context) => {
    const runs = context.quick ? 1 : 3;
    const questions = await shopQuestions(context.quick ? 5 : 20);
    const starts: Start[] = [];
    for (let run = 0; run < runs; run++) {
      context.say(`start: run ${run + 1} of ${runs}`);
      starts.push(await startTwice(questions, context));
    }
    const spread = (of: (start: Start) => number): ReturnType<typeof spreadOf> => spreadOf(starts.map(of), 0);
    return {
      rows: [
        { what: 'ready on a fresh folder, demo shop loaded (ms)', value: spread(({ fresh }) => fresh) },
        { what: 'ready on an existing folder (ms)', value: spread(({ existing }) => existing) },
        { what: 'server process, idle (MB)', value: spread(({ idle }) => megabytes(idle.server)) },
        { what: 'model process, idle (MB)', value: spread(({ idle }) => megabytes(idle.models)) },
        {
          what: `server process, after ${questions.length} answers (MB)`,
          value: spread(({ used }) => megabytes(used.server)),
        },
        {
          what: `model process, after ${questions.length} answers (MB)`,
          value: spread(({ used }) => megabytes(used.models)),
        },
      ],
      notes: [
        `${runs} runs; ready means that /readyz says 200, asked every 25 ms; memory is resident, of the existing folder's server`,
      ],
    };
  },
};

async function startTwice(questions: readonly string[], { signal }: BenchContext): Promise<Start> {
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-bench-'));
  try {
    const first = await spawnServer(folder, signal);
    await first.close();
    const second = await spawnServer(folder, signal);
    try {
      const idle = second.memory();
      for (const question of questions) await ask(second, question);
      return { fresh: first.readyMs, existing: second.readyMs, idle, used: second.memory() };
    } finally {
      await second.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask({ url }: SpawnedServer, message: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  if (!response.ok) throw new Error(`The server answered a question with status ${response.status}.`);
  await response.arrayBuffer();
}
