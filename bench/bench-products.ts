import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createProductFinder, type ProductFinder } from '../src/catalogue/find-products.ts';
import type { Product } from '../src/stores/catalogue-contracts.ts';
import { createSqliteCatalogueStore } from '../src/stores/sqlite/catalogue-store.ts';
import { openDatabase } from '../src/stores/sqlite/open-database.ts';
import type { Bench, BenchContext, BenchResult, BenchRow } from './bench-types.ts';
import { generateCatalogue, type ProductQuestion } from './generate-catalogue.ts';
import { megabytes, quantile, round, spreadOf, timed } from './measure.ts';

const RUNS = 3;

export const benchProducts: Bench = {
  name: 'products',
  about: 'product look-up among 10,000 and 100,000 rows: codes, names, typing errors, filters',
  run: async (context) => {
    const result: BenchResult = { rows: [], notes: [] };
    for (const rows of context.quick ? [10_000] : [10_000, 100_000]) {
      const one = await benchRows(rows, context);
      result.rows.push(...one.rows);
      result.notes.push(...one.notes);
    }
    result.notes.push(
      'cpu: time that this process computed, all threads; beside it the clock shows what other work took away',
    );
    return result;
  },
};

async function benchRows(rows: number, context: BenchContext): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'answerbox-bench-'));
  const database = openDatabase(join(folder, 'products.sqlite'));
  try {
    const store = createSqliteCatalogueStore(database);
    const { products, questions } = generateCatalogue(rows);
    context.say(`products: importing ${rows} rows`);
    const { signal } = context;
    const imported = await onceOf(() => store.importProducts(asRows(products), { replace: true, signal }));
    context.say(`products: a new price for each of ${rows} rows`);
    const dearer = products.map((product) => ({
      ...product,
      price: product.price && { ...product.price, minor: product.price.minor + 1 },
    }));
    const repriced = await onceOf(() => store.importProducts(asRows(dearer), { replace: true, signal }));
    const finder = createProductFinder(store);
    const before = memory();
    context.say(`products: building the index of ${rows} rows`);
    const built = await onceOf(() => finder.refresh(signal));
    const grown = memory() - before;
    const asked = questions(context.quick ? 240 : 1200);
    context.say(`products: ${asked.length} look-ups, ${RUNS} times`);
    const { rows: measured, notes } = await lookUps(rows, finder, asked, signal);
    return {
      rows: [
        { rows, look_up: 'import', ...imported },
        { rows, look_up: 'change every price', ...repriced },
        { rows, look_up: 'build the index', ...built, memory_mb: megabytes(grown) },
        ...measured,
      ],
      notes,
    };
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* asRows(products: readonly Product[]): AsyncGenerator<Product> {
  yield* products;
}

async function lookUps(
  rows: number,
  finder: ProductFinder,
  asked: readonly ProductQuestion[],
  signal: AbortSignal,
): Promise<BenchResult> {
  const runs: { ms: number; cpu: number; kind: string }[][] = [];
  let [right, due] = [0, 0];
  for (let run = 0; run <= RUNS; run++) {
    const times: { ms: number; cpu: number; kind: string }[] = [];
    for (const { kind, text, family } of asked) {
      const { result, ms, cpu } = await costOf(() => finder.search(text, { signal }));
      times.push({ ms, cpu, kind });
      if (run > 0 || family === null) continue;
      due++;
      if (result.hits.slice(0, 3).some((hit) => hit.family === family)) right++;
    }
    // The first run warms the code up; nobody waits for it twice.
    if (run > 0) runs.push(times);
  }
  const kinds = ['all', ...new Set(asked.map(({ kind }) => kind))];
  const table = kinds.map((kind): BenchRow => {
    const part = runs.map((times) => times.filter((time) => kind === 'all' || time.kind === kind));
    const over = (field: 'ms' | 'cpu', share: number) =>
      spreadOf(
        part.map((times) =>
          quantile(
            times.map((time) => time[field]),
            share,
          ),
        ),
      );
    return {
      rows,
      look_up: kind,
      p50_ms: over('ms', 0.5),
      p95_ms: over('ms', 0.95),
      cpu_p50_ms: over('cpu', 0.5),
      cpu_p95_ms: over('cpu', 0.95),
    };
  });
  return {
    rows: table,
    notes: [`${rows} rows: the product asked for is among the first three in ${right} of ${due}`],
  };
}

/** Milliseconds by the clock, and of computing. */
interface Cost<Result> {
  result: Result;
  ms: number;
  cpu: number;
}

async function costOf<Result>(work: () => Promise<Result>): Promise<Cost<Result>> {
  const before = process.cpuUsage();
  const { result, ms } = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return { result, ms, cpu: (user + system) / 1000 };
}

/** `block_ms`: the longest time that the event loop was held. */
async function onceOf(work: () => Promise<unknown>): Promise<BenchRow> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { ms, cpu } = await costOf(work);
  delay.disable();
  return { p50_ms: round(ms, 0), cpu_p50_ms: round(cpu, 0), block_ms: round(delay.max / 1e6, 0) };
}

function memory(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
