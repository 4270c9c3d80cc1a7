import { readdir, readFile, readlink } from 'node:fs/promises';
import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { reasonOf } from '../errors.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';
import { outboundOf, parseSocketTable, type Socket } from './socket-table.ts';

const NO_SETTING = 'No setting of this version connects to another machine';

/** What the settings allow, and what the running server and its model process have open right now. */
export async function checkEgress(config: Config): Promise<Finding> {
  const server = await findServer(config);
  if (!server) return ok(`${NO_SETTING}; no server is running that could be watched`, { watched: false });
  try {
    const pids = await familyOf(server.pid);
    return judgeEgress(await socketsOf(pids), pids);
  } catch (error) {
    return warning(
      `${NO_SETTING}, but the connections of the running server (pid ${server.pid}) could not be read: ${reasonOf(error)}`,
      `Run this on Linux as the user that runs the server, or look with: ss -tpn | grep pid=${server.pid}`,
      { watched: false, pid: server.pid },
    );
  }
}

export function judgeEgress(sockets: readonly Socket[], pids: readonly number[]): Finding {
  const outbound = outboundOf(sockets);
  const evidence = {
    watched: true,
    processes: pids.join(' '),
    sockets: sockets.length,
    outbound: outbound.length,
  };
  if (outbound.length === 0)
    return ok(`${NO_SETTING}, and the running server has no connection to one`, evidence);
  const to = outbound
    .map(({ remoteAddress, remotePort }) => `${remoteAddress} port ${remotePort}`)
    .join(', ');
  return failed(
    `The running server is connected to ${to}.`,
    'Stop it and find out what was added to it: as delivered it connects to nothing.',
    { ...evidence, to },
  );
}

/** The process and all that it started. */
async function familyOf(pid: number): Promise<number[]> {
  const family = [pid];
  for (const member of family) {
    const children = await readFile(`/proc/${member}/task/${member}/children`, 'utf8');
    family.push(...children.trim().split(' ').filter(Boolean).map(Number));
  }
  return family;
}

async function socketsOf(pids: readonly number[]): Promise<Socket[]> {
  const inodes = new Set<string>();
  const sockets: Socket[] = [];
  for (const pid of pids) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
      // A descriptor may be closed while it is looked at.
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode) inodes.add(inode);
    }
  }
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`/proc/${pids[0]}/net/${table}`, 'utf8').catch(() => '');
    sockets.push(...parseSocketTable(text).filter(({ inode }) => inodes.has(inode)));
  }
  return sockets;
}
