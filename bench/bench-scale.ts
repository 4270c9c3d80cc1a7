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
  const { questions, questionVectors, size } = filled;
  const { knowledge, vectors, models } = app;
  const tools = { knowledge, vectors, models };
  const call = { signal: context.signal };
  const limit = RETRIEVAL.candidates;
  const vectorOf = (index: number): Float32Array => questionVectors[index] ?? new Float32Array();
  const some = questions.slice(0, RERANKED_QUESTIONS);
  const stages: Record<string, { asked: readonly string[]; work: (text: string, index: number) => unknown }> =
    {
      'keywords (FTS5)': { asked: questions, work: (text) => knowledge.searchKeywords(text, limit) },
      'vectors (HNSW)': { asked: questions, work: (_, index) => vectors.search(vectorOf(index), limit) },
      'vectors (exact scan)': {
        asked: some,
        work: (_, index) => scanExactly(filled.matrix, vectorOf(index), limit),
      },
      'embedding of the question': { asked: some, work: (text) => models.embedder.embed([text], call) },
      'retrieve: embed, both searches, fuse': {
        asked: questions,
        work: async (text) => fuseCandidates(await retrieveKnowledge(text, tools, call), knowledge),
      },
      'retrieve and rerank': { asked: some, work: (text) => searchKnowledge(text, tools, call) },
    };
  const rows: BenchRow[] = [];
  const medians = new Map<string, number>();
  for (const [stage, { asked, work }] of Object.entries(stages)) {
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
    medians.set(stage, p50.median);
    rows.push({
      chunks: size,
      stage,
      p50_ms: p50,
      p95_ms: spreadOf(
        perRun.map((times) => quantile(times, 0.95)),
        3,
      ),
    });
  }
  const ratio = (of: string, to: string): number => round((medians.get(of) ?? 0) / (medians.get(to) ?? 1));
  rows.push(
    {
      chunks: size,
      stage: 'ratio: exact scan ÷ HNSW',
      p50_ms: ratio('vectors (exact scan)', 'vectors (HNSW)'),
    },
    {
      chunks: size,
      stage: 'ratio: retrieve ÷ keywords alone',
      p50_ms: ratio('retrieve: embed, both searches, fuse', 'keywords (FTS5)'),
    },
    {
      chunks: size,
      stage: 'HNSW: share of the exact ten best found',
      p50_ms: await recallOfTen(app, filled),
    },
  );
  filled.notes.push(`${size} chunks: this process ${megabytes(process.memoryUsage().rss)} MB`);
  return rows;
}

async function recallOfTen(app: App, { questionVectors, matrix }: FilledKnowledge): Promise<number> {
  let found = 0;
  for (const vector of questionVectors) {
    const exact = new Set(scanExactly(matrix, vector, 10));
    found += (await app.vectors.search(vector, 10)).filter(({ chunkId }) => exact.has(chunkId)).length;
  }
  return round(found / (questionVectors.length * 10), 4);
}
