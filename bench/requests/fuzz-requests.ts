import { seededRandom } from '../../src/intents/random.ts';
import type { Operation } from '../../src/testing/schema-values.ts';
import { COSTLY, ENDS_THE_RUN, REQUESTS } from './fuzz-settings.ts';
import { makeRequest } from './make-request.ts';
import { pick } from './make-value.ts';
import { sendBytes } from './send-bytes.ts';

export interface RequestFuzz {
  url: string;
  key: string;
  operations: readonly Operation[];
  known: readonly string[];
  seed: number;
  inputs: number;
  signal: AbortSignal;
  say: (done: number) => void;
}

export interface RequestReport {
  inputs: number;
  routes: number;
  statuses: Record<string, number>;
  /** 5xx with a code of ours that is meant so: full, overloaded, not there. */
  typed: Record<string, number>;
  /** 5xx that no code explains, and requests that hung. */
  findings: string[];
  slowestMs: number;
  slowest: string;
  seconds: number;
}

/** Bytes on sockets against every route; the same for the same seed, but for what the server has made meanwhile. */
export async function fuzzRequests(options: RequestFuzz): Promise<RequestReport> {
  const { operations, inputs, seed, signal } = options;
  const usable = operations.filter((one) => !ENDS_THE_RUN.test(`${one.method} ${one.path}`));
  const report: RequestReport = {
    inputs: 0,
    routes: usable.length,
    statuses: {},
    typed: {},
    findings: [],
    slowestMs: 0,
    slowest: '',
    seconds: 0,
  };
  const started = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < inputs && !signal.aborted) {
      const input = next++;
      const random = seededRandom(seed + input * 2_654_435_761);
      let operation = pick(usable, random);
      while (COSTLY.test(`${operation.method} ${operation.path}`) && random() >= REQUESTS.costly)
        operation = pick(usable, random);
      await tryOne(options, { input, operation, random }, report);
      if (report.inputs % 2_000 === 0) options.say(report.inputs);
    }
  };
  await Promise.all(Array.from({ length: REQUESTS.lanes }, lane));
  return { ...report, seconds: (performance.now() - started) / 1000 };
}

async function tryOne(
  { url, key, known }: RequestFuzz,
  { input, operation, random }: { input: number; operation: Operation; random: () => number },
  report: RequestReport,
): Promise<void> {
  const bytes = makeRequest(operation, random, { key, known });
  const { status, text, ms } = await sendBytes(
    Number(new URL(url).port),
    bytes,
    Math.floor(random() * bytes.length),
  );
  report.inputs += 1;
  report.statuses[status] = (report.statuses[status] ?? 0) + 1;
  const name = `${operation.method} ${operation.path}`;
  if (ms > report.slowestMs)
    Object.assign(report, { slowestMs: Math.round(ms), slowest: `${name} (${input})` });
  if (status === 'hung') report.findings.push(`${input} ${name}: hung`);
  if (!status.startsWith('5')) return;
  const code = /"code":\s*"(\w+)"/.exec(text)?.[1];
  // Node itself refuses framing and versions that it does not know.
  if (code === undefined && /^(?:501|505)$/.test(status)) return;
  if (code === undefined || code === 'internal')
    report.findings.push(
      `${input} ${name}: ${status} ${text.split('\r\n\r\n')[1]?.slice(0, 200)} ← ${bytes.toString('latin1').slice(0, 600)}`,
    );
  else report.typed[code] = (report.typed[code] ?? 0) + 1;
}
