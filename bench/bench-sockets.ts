import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once, setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Bench, BenchRow } from './bench-types.ts';
import { quantile, round } from './measure.ts';
import { spawnServer, type SpawnedServer } from './spawned-server.ts';

const SOCKETS = {
  /** Conversations that are open at once. */
  conversations: 1_000,
  /** Messages of staff a second, over all of them. */
  perSecond: 500,
  /** Seconds of messages; of a quick run. */
  seconds: 20,
  quickSeconds: 8,
  /** Seconds of messages before those that are counted; a process that has just begun compiles what it runs. */
  warmSeconds: 1,
  /** Milliseconds between two bursts of messages. */
  burstMs: 10,
  /** Requests at once while conversations are made and sockets opened. */
  atOnce: 20,
  /** Milliseconds for memory to settle, and for the last messages to arrive. */
  settleMs: 3_000,
  /** Seconds that a server which cannot keep the pace is given for what it was asked, before the rest counts as refused. */
  lateSeconds: 60,
} as const;

/** The visitors of a shop come from many addresses; here all come from one. */
const SERVER = {
  ANSWERBOX_DEMO: 'false',
  ANSWERBOX_GENERATOR: 'none',
  ANSWERBOX_ADDRESS_MESSAGES_PER_HOUR: '0',
} as const;

export const benchSockets: Bench = {
  name: 'sockets',
  about: 'a thousand open conversations: memory of each, delivery of messages, lost and doubled ones',
  run: async ({ quick, sockets, rate, signal, say }) => {
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-bench-'));
    const load: Load = {
      conversations: sockets ?? SOCKETS.conversations,
      perSecond: rate ?? SOCKETS.perSecond,
      seconds: quick ? SOCKETS.quickSeconds : SOCKETS.seconds,
    };
    try {
      const server = await spawnServer(folder, signal, SERVER);
      try {
        const key = await server.printedKey();
        say(`sockets: opening ${load.conversations} conversations`);
        const ids = await makeConversations(server.url, load.conversations);
        const threads = await listThreads(server.url, key);
        await wait(SOCKETS.settleMs);
        const before = server.memory().server;
        const seen = new Map<number, { times: number; at: number }>();
        const lines = await openLines(server.url, ids, seen);
        await wait(SOCKETS.settleMs);
        const bytesEach = (server.memory().server - before) / lines.length;
        say(`sockets: ${load.perSecond} messages a second for ${load.seconds} s`);
        const staff = { key, threads, signal };
        const cold = { ...load, seconds: SOCKETS.warmSeconds };
        const warm = await sendMessages(server, { ...staff, load: cold, from: 0 });
        const sent = await sendMessages(server, { ...staff, load, from: warm.at.size });
        await wait(SOCKETS.settleMs);
        for (const line of lines) line.terminate();
        const first = { first_second_p99_ms: round(quantile(delaysOf(warm, seen), 0.99), 1) };
        return { rows: [{ ...rowOf(sent, seen, bytesEach, load), ...first }], notes: NOTES };
      } finally {
        await server.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const NOTES = [
  'one process of the server without demo and generator; the client shares its cores',
  'memory: resident bytes of the server with the sockets open, less before, by their number',
  'first_second: the first messages of a process that has just begun, which are not in the other columns but for doubled ones',
  'delivery: from the first byte of the request of staff until the customer has the message, stored meanwhile',
];

interface Load {
  conversations: number;
  perSecond: number;
  seconds: number;
}

interface Sent {
  at: Map<number, number>;
  /** Numbers of messages that the server did not take; what it said is not known to be stored. */
  failed: Set<number>;
  tookMs: number;
}

type Seen = ReadonlyMap<number, { times: number; at: number }>;

/** Milliseconds from sending to having, of those that came. */
function delaysOf({ at }: Sent, seen: Seen): number[] {
  return [...at].flatMap(([number, sentAt]) => {
    const got = seen.get(number);
    return got ? [got.at - sentAt] : [];
  });
}

function rowOf(
  sent: Sent,
  seen: Seen,
  bytesEach: number,
  { conversations, perSecond, seconds }: Load,
): BenchRow {
  const { at, failed, tookMs } = sent;
  const delays = delaysOf(sent, seen);
  return {
    conversations,
    kb_each: round(bytesEach / 1000, 1),
    messages: at.size,
    asked_per_second: perSecond,
    sent_per_second: round(at.size / (tookMs / 1000), 0),
    seconds,
    delivery_p50_ms: round(quantile(delays, 0.5), 1),
    delivery_p99_ms: round(quantile(delays, 0.99), 1),
    refused: failed.size,
    lost: [...at.keys()].filter((number) => !failed.has(number) && !seen.has(number)).length,
    doubled: [...seen.values()].filter(({ times }) => times > 1).length,
  };
}

async function makeConversations(url: string, count: number): Promise<string[]> {
  return inBatches(count, async () => {
    const response = await fetch(`${url}/api/v1/conversations`, { method: 'POST' });
    if (response.status !== 201) throw new Error(`POST /api/v1/conversations answered ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  });
}

async function listThreads(url: string, key: string): Promise<string[]> {
  const threads: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = `limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const response = await fetch(`${url}/api/v1/threads?${query}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const page = (await response.json()) as { threads: { id: string }[]; next_cursor: string | null };
    threads.push(...page.threads.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  return threads;
}

/** A socket for each conversation, as a customer's program holds one; notes when each message came. */
async function openLines(
  url: string,
  ids: readonly string[],
  seen: Map<number, { times: number; at: number }>,
): Promise<WebSocket[]> {
  const { WebSocket: Socket } = await import('ws');
  const address = `${url.replace(/^http/, 'ws')}/api/v1/chat/ws`;
  return inBatches(ids.length, async (position) => {
    const socket = new Socket(address, { perMessageDeflate: false });
    socket.on('message', (data: Buffer) => {
      const { message } = JSON.parse(data.toString()) as { message?: { text: string } };
      if (!message) return;
      const number = Number(message.text.split(' ')[0]);
      seen.set(number, {
        times: (seen.get(number)?.times ?? 0) + 1,
        at: seen.get(number)?.at ?? performance.now(),
      });
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'follow', id: ids[position], after: 0 }));
    return socket;
  });
}

/** At a steady pace whether or not the server keeps it: a slow one must not be asked less. */
async function sendMessages(
  { url }: SpawnedServer,
  {
    key,
    threads,
    load: { perSecond, seconds },
    from,
    signal,
  }: { key: string; threads: readonly string[]; load: Load; from: number; signal: AbortSignal },
): Promise<Sent> {
  const { Pool } = await import('undici');
  const pool = new Pool(url, { connections: 64 });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent: Sent = { at: new Map(), failed: new Set(), tookMs: 0 };
  const total = from + seconds * perSecond;
  const late = AbortSignal.any([signal, AbortSignal.timeout((seconds + SOCKETS.lateSeconds) * 1000)]);
  // As many as there are requests on their way.
  setMaxListeners(0, late);
  const started = performance.now();
  const open = new Set<Promise<void>>();
  const send = async (number: number): Promise<void> => {
    sent.at.set(number, performance.now());
    const path = `/api/v1/threads/${threads[number % threads.length]}/messages`;
    const body = JSON.stringify({ text: `${number} Your parcel leaves our store tomorrow morning.` });
    try {
      const response = await pool.request({ method: 'POST', path, headers, body, signal: late });
      await response.body.dump();
      if (response.statusCode >= 300) sent.failed.add(number);
    } catch {
      sent.failed.add(number);
    }
  };
  for (let number = from; number < total && !late.aborted;) {
    const due = Math.min(total, from + ((performance.now() - started) / 1000) * perSecond);
    for (; number < due; number += 1) {
      const one: Promise<void> = send(number).finally(() => open.delete(one));
      open.add(one);
    }
    await wait(SOCKETS.burstMs);
  }
  await Promise.all(open);
  sent.tookMs = performance.now() - started;
  await pool.close();
  return sent;
}

async function inBatches<Result>(
  count: number,
  work: (position: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < count; from += SOCKETS.atOnce) {
    const places = Array.from({ length: Math.min(SOCKETS.atOnce, count - from) }, (_, at) => from + at);
    results.push(...(await Promise.all(places.map(work))));
  }
  return results;
}
