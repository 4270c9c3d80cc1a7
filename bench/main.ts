import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, BenchContext, BenchResult } from './bench-types.ts';
import { benchCache } from './bench-cache.ts';
import { benchBulk } from './bench-bulk.ts';
import { benchChunking } from './bench-chunking.ts';
import { benchFuzz } from './bench-fuzz.ts';
import { benchIngest } from './bench-ingest.ts';
import { benchLatency } from './bench-latency.ts';
import { benchLoad } from './bench-load.ts';
import { benchProducts } from './bench-products.ts';
import { benchQuality } from './bench-quality.ts';
import { benchRequests } from './bench-requests.ts';
import { benchScale } from './bench-scale.ts';
import { benchSites } from './bench-sites.ts';
import { benchSoak } from './bench-soak.ts';
import { benchSockets } from './bench-sockets.ts';
import { benchStart } from './bench-start.ts';
import { benchTickets } from './bench-tickets.ts';
import { megabytes, round } from './measure.ts';
import { tableOf } from './print-table.ts';
import { packageVersion } from './shop-files.ts';

const BENCHES: readonly Bench[] = [
  benchLatency,
  benchCache,
  benchScale,
  benchProducts,
  benchTickets,
  benchIngest,
  benchChunking,
  benchBulk,
  benchSites,
  benchStart,
  benchLoad,
  benchSockets,
  benchQuality,
  benchFuzz,
  benchRequests,
  benchSoak,
];

const USAGE = `npm run bench -- [name …] [--quick] [--size N] [--conversations N] [--sockets N] [--rate N] [--seed N] [--json FILE]

${BENCHES.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join('\n')}

All when none is named. --quick takes about two minutes. --size sets how many documents or pages bulk and sites read, --conversations how many soak holds, --sockets and --rate how many conversations are open and how many messages a second they get, --seed what fuzz, requests and soak draw. --json also writes everything to FILE ("-": to stdout, no tables).`;

interface Measured extends BenchResult {
  name: string;
  seconds: number;
  /** Load average over the last minute before it began: other work on the machine makes times longer. */
  load: number;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      size: { type: 'string' },
      conversations: { type: 'string' },
      seed: { type: 'string' },
      sockets: { type: 'string' },
      rate: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((wanted) => !BENCHES.some(({ name }) => name === wanted));
  if (values.help || unknown.length > 0) {
    process.stderr.write(`${unknown.map((name) => `There is no benchmark "${name}".\n`).join('')}${USAGE}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const context: BenchContext = {
    quick: values.quick,
    size: numberOf(values.conversations ?? values.size),
    seed: numberOf(values.seed),
    sockets: numberOf(values.sockets),
    rate: numberOf(values.rate),
    signal: stop.signal,
    say: (message) => void process.stderr.write(`${message}\n`),
  };
  const wanted = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const measured: Measured[] = [];
  for (const bench of wanted) {
    const one = await runBench(bench, context);
    measured.push(one);
    if (values.json !== '-') process.stdout.write(`\n## ${one.name}: ${bench.about}\n${tableOf(one)}\n`);
    // After each, so that a long run that ends early leaves what it has.
    if (values.json && values.json !== '-') writeFileSync(values.json, reportOf(measured, values.quick));
  }
  if (values.json === '-') process.stdout.write(reportOf(measured, values.quick));
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

async function runBench({ name, run }: Bench, context: BenchContext): Promise<Measured> {
  const load = round(loadavg()[0] ?? 0);
  const started = performance.now();
  const result = await run(context);
  return { name, seconds: round((performance.now() - started) / 1000, 1), load, ...result };
}

function reportOf(benches: readonly Measured[], quick: boolean): string {
  const report = {
    version: packageVersion(),
    measured_at: new Date().toISOString(),
    quick,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memory_mb: megabytes(totalmem()),
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    },
    benches,
  };
  return `${JSON.stringify(report, null, 2)}
`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
