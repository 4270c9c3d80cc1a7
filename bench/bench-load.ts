import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersWhileIngesting } from './answers-while-ingesting.ts';
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

/** Every question is answered anew, as many as are asked. */
const SETTINGS = {
  ANSWERBOX_STORED_ANSWERS: 'false',
  ANSWERBOX_VISITOR_MESSAGES_PER_HOUR: '0',
  ANSWERBOX_ADDRESS_MESSAGES_PER_HOUR: '0',
};

export const benchLoad: Bench = {
  name: 'load',
  about:
    'requests over HTTP: a light route, search with its models; answers while documents are read, against an idle server',
  run: async (context) => {
    const { quick, signal, say } = context;
    const { default: autocannon } = await import('autocannon');
    const duration = quick ? 3 : 10;
    const runs = quick ? 1 : 3;
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-bench-'));
    const rows: BenchRow[] = [];
    try {
      const server = await spawnServer(folder, signal, SETTINGS);
      try {
        const key = await server.printedKey();
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
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
        rows.push(...(await answersWhileIngesting({ server, key }, context)));
      } finally {
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return {
      rows,
      notes: [
        `requests: ${runs} runs of ${duration} s each; client and server share the machine's cores`,
        'answers: the same questions one after another, none kept; ratios of p95 and of the median speed of the generator. Wanted: p95 at most 1.5, decode at least 0.7',
      ],
    };
  },
};
