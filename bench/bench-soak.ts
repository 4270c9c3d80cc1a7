import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, BenchContext, BenchResult, BenchRow } from './bench-types.ts';
import { megabytes, quantile, round } from './measure.ts';
import { familyFigures, type FamilyFigures } from './process-figures.ts';
import { shopQuestions } from './shop-files.ts';
import { holdConversations, type SoakCounts } from './soak/hold-conversations.ts';
import { createSoakClient } from './soak/soak-client.ts';
import { SOAK } from './soak/soak-settings.ts';
import { spawnServer } from './spawned-server.ts';

const SEED = 20_261_122;
/** Conversations of a run without a size; after the first tenth, or the first thousand, the figures are held. */
const CONVERSATIONS = { usual: 2_000, quick: 1_000, base: 1_000 } as const;

interface Look {
  conversations: number;
  figures: FamilyFigures;
}

export const benchSoak: Bench = {
  name: 'soak',
  about:
    'mixed conversations, hand-overs and ingest beside them: memory and handles at the end (--conversations N)',
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-soak-'));
    try {
      return await soak(folder, context);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function soak(
  folder: string,
  { quick, size, seed = SEED, signal, say }: BenchContext,
): Promise<BenchResult> {
  const conversations = size ?? (quick ? CONVERSATIONS.quick : CONVERSATIONS.usual);
  const server = await spawnServer(folder, signal, {
    ANSWERBOX_VISITOR_MESSAGES_PER_HOUR: '0',
    ANSWERBOX_ADDRESS_MESSAGES_PER_HOUR: '0',
  });
  try {
    const client = createSoakClient(server.url, await server.printedKey(), signal);
    const questions = await shopQuestions(SOAK.questions);
    const looks: Look[] = [];
    const started = performance.now();
    const look = async (done: number): Promise<void> => {
      await wait(SOAK.settleMs, undefined, { signal });
      const figures = familyFigures(server.pid);
      looks.push({ conversations: done, figures });
      const seconds = (performance.now() - started) / 1000;
      say(`soak: ${JSON.stringify({ done, per_second: round(done / seconds, 1), ...shown(figures) })}`);
    };
    const counts = await holdConversations(client, { conversations, seed, questions, signal, look });
    return report(looks, seed, counts, (performance.now() - started) / 1000);
  } finally {
    await server.close();
  }
}

function shown({ server, children }: FamilyFigures) {
  return {
    server_mb: megabytes(server.rss),
    server_own_mb: megabytes(server.anonymous),
    models_mb: megabytes(children.rss),
    models_own_mb: megabytes(children.anonymous),
    handles: server.handles + children.handles,
  };
}

type Measured = ReturnType<typeof shown>;

function report(
  looks: readonly Look[],
  seed: number,
  { kinds, failures }: SoakCounts,
  seconds: number,
): BenchResult {
  const last = looks.at(-1)!.conversations;
  const base = Math.min(CONVERSATIONS.base, Math.max(SOAK.lookEvery, last / 2));
  const before = medianOf(looks.filter(({ conversations }) => conversations >= base).slice(0, SOAK.looks));
  const after = medianOf(looks.slice(-SOAK.looks));
  const rows: BenchRow[] = (Object.keys(before) as (keyof Measured)[]).map((figure) => {
    const growth = after[figure] / before[figure] - 1;
    return { figure, before: before[figure], after: after[figure], growth_percent: round(growth * 100, 1) };
  });
  const whole = (measured: Measured): number => measured.server_mb + measured.models_mb;
  const growth = whole(after) / whole(before) - 1;
  rows.push({
    figure: 'server and models, MB',
    before: whole(before),
    after: whole(after),
    growth_percent: round(growth * 100, 1),
  });
  return {
    rows,
    notes: [
      `${last} conversations in ${round(seconds, 0)} s (${round(last / seconds, 1)} a second), seed ${seed}: ${JSON.stringify(kinds)}`,
      `before: median of the first ${SOAK.looks} looks from ${base} conversations on; after: of the last ${SOAK.looks}`,
      `${growth <= SOAK.allowedGrowth && after.handles <= before.handles * (1 + SOAK.allowedGrowth) ? 'held' : 'NOT held'}: memory and handles within ${SOAK.allowedGrowth * 100} %`,
      'own: heap, arenas and stacks; what is resident besides are pages of mapped files (database, models), which the kernel takes back',
      `${failures.length} conversations failed${failures.length > 0 ? `: ${failures.slice(0, 5).join('; ')}` : ''}`,
    ],
  };
}

function medianOf(looks: readonly Look[]): Measured {
  const all = looks.map(({ figures }) => shown(figures));
  const median = (figure: keyof Measured): number =>
    quantile(
      all.map((one) => one[figure]),
      0.5,
    );
  return {
    server_mb: median('server_mb'),
    server_own_mb: median('server_own_mb'),
    models_mb: median('models_mb'),
    models_own_mb: median('models_own_mb'),
    handles: median('handles'),
  };
}
