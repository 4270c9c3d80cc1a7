import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchRow } from './bench-types.ts';
import { round, spreadOf } from './measure.ts';
import { spawnServer } from './spawned-server.ts';

interface Target {
  path: string;
  connections: number;
  body?: string;
}

const TARGETS: Target[] = [
  { path: '/healthz', connections: 10 },
  { path: '/api/v1/search', connections: 1, body: JSON.stringify({ query: 'How long can I return shoes?' }) },
  { path: '/api/v1/search', connections: 4, body: JSON.stringify({ query: 'How long can I return shoes?' }) },
];

export const benchLoad: Bench = {
  name: 'load',
  about: 'requests over HTTP: a light route, and search with its models',
  run: async ({ quick, signal, say }) => {
    const { default: autocannon } = await import('autocannon');
    const duration = quick ? 3 : 10;
    const runs = quick ? 1 : 3;
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-bench-'));
    const rows: BenchRow[] = [];
    try {
      const server = await spawnServer(folder, signal);
      try {
        const headers = {
          'content-type': 'application/json',
          authorization: `Bearer ${await server.printedKey()}`,
        };
        for (const { path, connections, body } of TARGETS) {
          say(`load: ${path}, ${connections} at once`);
          const request = body === undefined ? {} : { method: 'POST' as const, body, headers };
          const results = [];
          for (let run = 0; run < runs; run++) {
            results.push(await autocannon({ url: server.url + path, connections, duration, ...request }));
          }
          rows.push({
            path,
            connections,
            requests_per_second: spreadOf(results.map(({ requests }) => round(requests.average))),
            p50_ms: spreadOf(results.map(({ latency }) => latency.p50)),
            p97_5_ms: spreadOf(results.map(({ latency }) => latency.p97_5)),
            not_2xx: results.reduce((sum, { non2xx }) => sum + non2xx, 0),
            errors: results.reduce((sum, { errors, timeouts }) => sum + errors + timeouts, 0),
          });
        }
      } finally {
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return {
      rows,
      notes: [`${runs} runs of ${duration} s each; client and server share the machine's cores`],
    };
  },
};
