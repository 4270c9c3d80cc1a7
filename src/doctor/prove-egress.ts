import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { reasonOf, throwIfCancelled } from '../errors.ts';
import { startServer } from '../serve.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';
import { attemptsBetween, parseNetworkCounters, type NetworkCounters } from './network-counters.ts';

const PROOF = {
  questions: [
    'How long can I return unworn goods?',
    'Where is order A-1001?',
    'I want to talk to a person, please.',
  ],
  /** Milliseconds that the whole proof may take: models are loaded anew. */
  limitMs: 600_000,
} as const;

/** What the process inside the namespace tells. */
export interface EgressProbe {
  /** Attempts that were made on purpose, and counted: 0 would mean that counting does not work here. */
  control: number;
  attempts: number;
  answered: number;
}

/**
 * Starts a second server on an empty folder in a network namespace with nothing but loopback, asks it questions, and
 * reads the kernel's counters: needs no root where users may make namespaces.
 * @param command the words that start `runEgressProbe` in a process of its own
 */
export async function proveEgress(command: readonly string[], signal: AbortSignal): Promise<Finding> {
  const inside = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command];
  try {
    const output = await new Promise<string>((resolve, reject) => {
      execFile('unshare', inside, { signal, timeout: PROOF.limitMs }, (error, stdout, stderr) =>
        error ? reject(new Error(stderr.trim().split('\n').at(-1) || error.message)) : resolve(stdout),
      );
    });
    return judgeProbe(JSON.parse(output) as EgressProbe);
  } catch (error) {
    throwIfCancelled(signal);
    return warning(
      `A network namespace of its own could not be used: ${reasonOf(error)}`,
      'Run this as root, or allow users to make namespaces (sysctl kernel.unprivileged_userns_clone=1), on Linux with iproute2.',
      { proven: false },
    );
  }
}

export function judgeProbe({ control, attempts, answered }: EgressProbe): Finding {
  const evidence = { control, attempts, answered };
  if (control === 0)
    return warning(
      'The kernel does not count attempts without a route here, so nothing is proven.',
      'Run this on another Linux kernel.',
      evidence,
    );
  if (attempts > 0)
    return failed(
      `A server with nothing switched on tried ${attempts} times to reach another machine.`,
      'Do not trust this installation: compare it with the release, and find out what was added to it.',
      evidence,
    );
  return ok(
    `Started on an empty folder with no network but loopback, it answered ${answered} questions and tried to reach no other machine: 0 attempts by the kernel's count (${control} deliberate ones before were counted).`,
    evidence,
  );
}

/** What runs inside the namespace. */
export async function runEgressProbe(config: Config): Promise<EgressProbe> {
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-egress-'));
  try {
    const start = await readCounters();
    await tryOnPurpose();
    const before = await readCounters();
    const server = await startServer({
      ...config,
      data_dir: folder,
      host: '127.0.0.1',
      port: 0,
      demo: true,
      log_level: 'silent',
    });
    let answered = 0;
    try {
      for (const message of PROOF.questions) answered += Number(await asks(server.url, message));
    } finally {
      await server.close();
    }
    const after = await readCounters();
    return {
      control: attemptsBetween(start, before),
      attempts: attemptsBetween(before, after),
      answered,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readCounters(): Promise<NetworkCounters> {
  const read = (name: string): Promise<string> => readFile(`/proc/self/net/${name}`, 'utf8').catch(() => '');
  return parseNetworkCounters(await read('snmp'), await read('snmp6'));
}

/** An address that nobody has (TEST-NET-1, RFC 5737), and a name that nobody has (RFC 2606). */
async function tryOnPurpose(): Promise<void> {
  await new Promise<void>((done) => {
    const socket = connect({ host: '192.0.2.1', port: 443 });
    socket.once('error', () => done());
    socket.once('connect', () => {
      socket.destroy();
      done();
    });
  });
  await lookup('nobody.invalid').catch(() => undefined);
}

async function asks(url: string, message: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  await response.arrayBuffer();
  return response.ok;
}
