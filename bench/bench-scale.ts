import { fuseCandidates } from '../src/answer/fuse-candidates.ts';
import { retrieveKnowledge } from '../src/answer/retrieve-knowledge.ts';
import { searchKnowledge } from '../src/answer/search-knowledge.ts';
import { RETRIEVAL } from '../src/answer/answer-settings.ts';
import type { App } from '../src/app.ts';
import type { Bench, BenchContext, BenchResult, BenchRow } from './bench-types.ts';
import { fillKnowledge, type FilledKnowledge } from './fill-knowledge.ts';
import { scanExactly } from './exact-scan.ts';
import { megabytes, quantile, round, spreadOf, timed } from './measure.ts';
import { withBenchApp, SHOP_DOCUMENTS } from './shop-files.ts';

const KEYWORDS = 'keywords (FTS5)';
const HNSW = 'vectors (HNSW)';
const EXACT = 'vectors (exact scan)';
const RETRIEVE = 'retrieve: embed, both searches, fuse';

const RUNS = 3;
/** The reader takes most of the time and does not depend on the number of chunks: fewer questions suffice. */
const RERANKED_QUESTIONS = 20;

export const benchScale: Bench = {
  name: 'scale',
  about:
    'search among 10,000 and 100,000 chunks: keywords, vectors, both, with the reader; exact scan beside HNSW',
  run: async (context) => {
    const sizes = context.quick ? [5_000] : [10_000, 100_000];
    const really = context.quick ? 400 : 5_000;
    const result: BenchResult = { rows: [], notes: [] };
    for (const size of sizes) {
      await withBenchApp([SHOP_DOCUMENTS], context, async ({ app }) => {
        context.say(`scale: filling ${size} chunks, ${Math.min(really, size)} embedded really`);
        const filled = await fillKnowledge(
          app,
          { chunks: size, really, questions: context.quick ? 40 : 200 },
          context,
        );
        context.say(`scale: searching ${size} chunks`);
        result.rows.push(...(await searchRows(app, filled, context)));
        result.notes.push(...filled.notes);
      });
    }
    return result;
  },
};

async function searchRows(app: App, filled: FilledKnowledge, context: BenchContext): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const medians = new Map<string, number>();
  for (const { name, asked, work } of stagesOf(app, filled, context)) {
    const perRun: number[][] = [];
    for (let run = 0; run < RUNS; run++) {
      const times: number[] = [];
      for (const [index, text] of asked.entries()) times.push((await timed(() => work(text, index))).ms);
      perRun.push(times);
    }
    const p50 = spreadOf(
      perRun.map((times) => quantile(times, 0.5)),
      3,
    );
    const p95 = spreadOf(
      perRun.map((times) => quantile(times, 0.95)),
      3,
    );
    medians.set(name, p50.median);
    rows.push({ chunks: filled.size, stage: name, p50_ms: p50, p95_ms: p95 });
  }
  filled.notes.push(`${filled.size} chunks: this process ${megabytes(process.memoryUsage().rss)} MB`);
  return [
    ...rows,
    ...ratioRows(filled.size, medians),
    { chunks: filled.size, ...(await recallRow(app, filled)) },
  ];
}

interface Stage {
  name: string;
  asked: readonly string[];
  work: (text: string, index: number) => unknown;
}

function stagesOf(
  app: App,
  { questions, questionVectors, matrix }: FilledKnowledge,
  context: BenchContext,
): Stage[] {
  const { knowledge, vectors, models } = app;
  const tools = app.answerTools;
  const call = { signal: context.signal };
  const limit = RETRIEVAL.candidates;
  const vectorOf = (index: number): Float32Array => questionVectors[index] ?? new Float32Array();
  const some = questions.slice(0, RERANKED_QUESTIONS);
  const retrieve = async (text: string): Promise<unknown> =>
    fuseCandidates(text, await retrieveKnowledge(text, tools, call), tools);
  return [
    { name: KEYWORDS, asked: questions, work: (text) => knowledge.searchKeywords(text, limit) },
    { name: HNSW, asked: questions, work: (_, index) => vectors.search(vectorOf(index), limit) },
    { name: EXACT, asked: some, work: (_, index) => scanExactly(matrix, vectorOf(index), limit) },
    { name: 'embedding of the question', asked: some, work: (text) => models.embedder.embed([text], call) },
    { name: RETRIEVE, asked: questions, work: retrieve },
    { name: 'retrieve and rerank', asked: some, work: (text) => searchKnowledge(text, tools, call) },
  ];
}

function ratioRows(chunks: number, medians: ReadonlyMap<string, number>): BenchRow[] {
  const ratio = (of: string, to: string): number => round((medians.get(of) ?? 0) / (medians.get(to) ?? 1));
  return [
    { chunks, stage: 'exact scan ÷ HNSW', ratio: ratio(EXACT, HNSW) },
    { chunks, stage: 'retrieve ÷ keywords alone', ratio: ratio(RETRIEVE, KEYWORDS) },
  ];
}

/** The share of the exact ten best that the index finds. */
async function recallRow(app: App, { questionVectors, matrix }: FilledKnowledge): Promise<BenchRow> {
  let found = 0;
  for (const vector of questionVectors) {
    const exact = new Set(scanExactly(matrix, vector, 10));
    found += (await app.vectors.search(vector, 10)).filter(({ chunkId }) => exact.has(chunkId)).length;
  }
  return {
    stage: 'HNSW: share of the exact ten best found',
    share: round(found / (questionVectors.length * 10), 4),
  };
}
