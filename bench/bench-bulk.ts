import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp, type App } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { HNSW } from '../src/stores/vectors/hnsw-index.ts';
import type { Bench, BenchRow } from './bench-types.ts';
import { createTextGenerator } from './generate-text.ts';
import { megabytes, round } from './measure.ts';
import { seedText } from './shop-files.ts';

/** Words of the pages, short ones mostly, as in a help centre. */
const WORDS = [60, 120, 40, 200];
const BATCHES = 10;

export const benchBulk: Bench = {
  name: 'bulk',
  about:
    'a folder of 10,000 Markdown pages as one job: pages a minute, and memory as it grows (--size PAGES)',
  run: async ({ quick, size, signal, say }) => {
    const pages = size ?? (quick ? 200 : 10_000);
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-bulk-'));
    try {
      const documents = join(folder, 'documents');
      await writePages(documents, pages);
      const { config } = loadConfig({ environment: {}, file: join(folder, 'none.json') });
      const app = await openApp({
        ...config,
        data_dir: join(folder, 'data'),
        demo: false,
        generator: 'none',
      });
      try {
        return { rows: await ingestFolder(app, documents, pages, say, signal), notes: NOTES };
      } finally {
        await app.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const NOTES = [
  'everything counts: reading, parsing, embedding, storing durably, indexing, the job’s own records',
  'index_mb: what the vectors and links of the index need in memory; beyond_index: growth of the server’s resident memory since the first row without that, percent a thousand pages',
];

async function writePages(folder: string, pages: number): Promise<void> {
  const generator = createTextGenerator(await seedText(), 3);
  await mkdir(folder);
  for (let place = 0; place < pages; place += 1) {
    const { title, text } = generator.document(WORDS[place % WORDS.length]!);
    await writeFile(join(folder, `page-${String(place).padStart(6, '0')}.md`), `# ${title}\n\n${text}\n`);
  }
}

async function ingestFolder(
  app: App,
  folder: string,
  pages: number,
  say: (message: string) => void,
  signal: AbortSignal,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const started = performance.now();
  const { jobId } = await app.visits.visitFolder(folder);
  let base: { pages: number; resident: number; index: number } | null = null;
  for (let next = pages / BATCHES; ;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const job = (await app.jobs.getJob(jobId))!;
    if (signal.aborted) throw new Error('cancelled');
    if (job.failed > 0) throw new Error('a page could not be read');
    if (job.done < next && job.finishedAt === null) continue;
    globalThis.gc?.();
    const resident = process.memoryUsage.rss();
    const index = indexBytes(app);
    base ??= { pages: job.done, resident, index };
    const thousands = (job.done - base.pages) / 1000;
    const beyond = resident - base.resident - (index - base.index);
    rows.push({
      pages: job.done,
      pages_per_minute: round((job.done * 60_000) / (performance.now() - started), 0),
      server_mb: megabytes(resident),
      models_mb: megabytes(app.models.health().residentBytes),
      index_mb: round(index / 1e6, 1),
      beyond_index: thousands > 0 ? round((100 * beyond) / base.resident / thousands) : null,
    });
    say(`bulk: ${job.done} of ${pages} pages`);
    next += pages / BATCHES;
    if (job.finishedAt !== null) return rows;
  }
}

/** A vector and its links, with the room that the graph doubles into. */
function indexBytes({ vectors, models }: App): number {
  let capacity: number = HNSW.firstCapacity;
  while (capacity < vectors.size) capacity *= 2;
  return capacity * (models.embedder.dimensions * 4 + HNSW.m * 2 * 4 + 16);
}
