import { setTimeout as wait } from 'node:timers/promises';
import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { reasonOf } from '../errors.ts';
import { judgeEgress } from './check-egress.ts';
import { ok, warning, type Finding } from './doctor-types.ts';
import { familyOf, socketsOf } from './process-sockets.ts';
import type { Socket } from './socket-table.ts';
import { whatConnects } from './what-connects.ts';

const WATCH = {
  /** Milliseconds between two looks; a connection that lives shorter may be missed. */
  everyMs: 20,
  /** Milliseconds of watching after the answer: what it set off. */
  afterMs: 2_000,
  question: 'How long can I return unworn goods?',
} as const;

/** Watches the sockets of the running server and its children while it answers a question. */
export async function watchEgress(config: Config, signal: AbortSignal): Promise<Finding> {
  const server = await findServer(config);
  if (!server)
    return ok('No server is running on this data folder that could be watched.', { watched: false });
  try {
    const seen = new Map<string, Socket>();
    let looks = 0;
    let answered = false;
    const asking = ask(server.url, signal).then(() => (answered = true));
    const pids = await familyOf(server.pid);
    const end = (): number => performance.now() + WATCH.afterMs;
    for (let until = end(); performance.now() < until; await wait(WATCH.everyMs, undefined, { signal })) {
      for (const socket of await socketsOf(pids))
        seen.set(`${socket.inode} ${socket.remoteAddress} ${socket.state}`, socket);
      looks += 1;
      if (!answered) until = end();
    }
    await asking;
    const finding = judgeEgress([...seen.values()], pids, whatConnects(config));
    return { ...finding, evidence: { ...finding.evidence, looks, answered } };
  } catch (error) {
    return warning(
      `The sockets of the running server (pid ${server.pid}) could not be watched: ${reasonOf(error)}`,
      `Run this on Linux as the user that runs the server, or look with: ss -tunp | grep pid=${server.pid}`,
      { watched: false, pid: server.pid },
    );
  }
}

async function ask(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: WATCH.question }),
    signal,
  });
  await response.arrayBuffer();
}
