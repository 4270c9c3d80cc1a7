import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { operationsOf } from '../src/testing/schema-values.ts';
import type { Bench, BenchContext, BenchResult } from './bench-types.ts';
import { megabytes, round } from './measure.ts';
import { familyFigures } from './process-figures.ts';
import { fuzzRequests } from './requests/fuzz-requests.ts';
import { spawnServer, type SpawnedServer } from './spawned-server.ts';

const SEED = 20_261_122;
/** A connection whose goodbye nobody answers is kept for half a minute. */
const HANDLES = { more: 16, settleMs: 45_000 };

export const benchRequests: Bench = {
  name: 'requests',
  about:
    'made-up and broken requests against every route, 2,000 (300 with --quick; --size 100000 for a night)',
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-requests-'));
    try {
      // Nothing may leave this machine, whatever a request names.
      const server = await spawnServer(folder, context.signal, {
        ANSWERBOX_OFFLINE: 'true',
        ANSWERBOX_GENERATOR: 'none',
        ANSWERBOX_VISITOR_MESSAGES_PER_HOUR: '0',
        ANSWERBOX_ADDRESS_MESSAGES_PER_HOUR: '0',
      });
      try {
        return await run(server, context);
      } finally {
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function run(
  server: SpawnedServer,
  { quick, size, seed = SEED, signal, say }: BenchContext,
): Promise<BenchResult> {
  const inputs = size ?? (quick ? 300 : 2_000);
  const key = await server.printedKey();
  const { url } = server;
  const page = await (await fetch(`${url}/docs/json`)).json();
  const operations = operationsOf(page, ['/']);
  const known = await knownIds(url, key);
  const before = familyFigures(server.pid).server;
  const report = await fuzzRequests({
    url,
    key,
    operations,
    known,
    seed,
    inputs,
    signal,
    say: (done) => say(`requests: ${done} of ${inputs}`),
  });
  const after = await settledFigures(server.pid, before.handles);
  const alive = [...(await stillWorks(url, key)), ...leftOpen(before.handles, after.handles)];
  const { findings, typed, statuses, seconds, slowestMs, slowest, routes } = report;
  return {
    rows: [
      {
        inputs: report.inputs,
        routes,
        findings: findings.length + alive.length,
        per_second: round(report.inputs / seconds, 1),
        slowest_ms: slowestMs,
        server_mb_before: megabytes(before.rss),
        server_mb_after: megabytes(after.rss),
        handles_before: before.handles,
        handles_after: after.handles,
      },
    ],
    notes: [
      `seed ${seed}; by status: ${JSON.stringify(statuses)}`,
      `5xx with a code of ours: ${JSON.stringify(typed)}`,
      `slowest: ${slowest}`,
      ...alive,
      ...findings.slice(0, 20),
    ],
  };
}

/** Ids of what the demo shop and a few requests of ours have made. */
async function knownIds(url: string, key: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ message: 'My tent leaks', email: 'kim@shop.example', name: 'Kim' });
  await fetch(`${url}/api/v1/contact`, { method: 'POST', headers, body });
  const ids: string[] = [];
  for (const path of ['documents', 'threads', 'tickets', 'customers', 'jobs', 'products', 'users', 'keys']) {
    const text = await (await fetch(`${url}/api/v1/${path}`, { headers })).text();
    ids.push(
      ...[...text.matchAll(/"(?:id|number|code|job_id)":\s*"?([^",}]+)/g)].slice(0, 5).map(([, id]) => id!),
    );
  }
  return ids;
}

/** What must still be true of the server afterwards. */
async function stillWorks(url: string, key: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${key}` };
  const wrong: string[] = [];
  const health = await fetch(`${url}/healthz`).catch(() => null);
  if (health?.status !== 200) return ['the server is not there any more'];
  const ready = await fetch(`${url}/readyz`);
  if (ready.status !== 200) wrong.push(`readyz: ${ready.status} ${(await ready.text()).slice(0, 300)}`);
  const verdict = (await (await fetch(`${url}/api/v1/audit/verify`, { headers })).json()) as {
    first_bad: number | null;
  };
  if (verdict.first_bad !== null) wrong.push(`line ${verdict.first_bad} of the audit is bad`);
  return wrong;
}

/** Figures once what the requests had opened is closed, or when that takes too long. */
async function settledFigures(pid: number, before: number): Promise<{ rss: number; handles: number }> {
  const deadline = performance.now() + HANDLES.settleMs;
  for (;;) {
    const { server } = familyFigures(pid);
    if (server.handles <= before + HANDLES.more || performance.now() > deadline) return server;
    await wait(500);
  }
}

function leftOpen(before: number, after: number): string[] {
  return after > before + HANDLES.more ? [`${after - before} handles were left open`] : [];
}
