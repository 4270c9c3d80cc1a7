import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { reasonOf } from '../errors.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';
import { familyOf, socketsOf } from './process-sockets.ts';
import { outboundOf, type Socket } from './socket-table.ts';
import { whatConnects, type WhatConnects } from './what-connects.ts';

/** What the settings allow, and what the running server and its model process have open right now. */
export async function checkEgress(config: Config): Promise<Finding> {
  const may = whatConnects(config);
  const server = await findServer(config);
  if (!server) return ok(`${may.sentence}; no server is running that could be watched`, { watched: false });
  try {
    const pids = await familyOf(server.pid);
    return judgeEgress(await socketsOf(pids), pids, may);
  } catch (error) {
    return warning(
      `${may.sentence}, but the connections of the running server (pid ${server.pid}) could not be read: ${reasonOf(error)}`,
      `Run this on Linux as the user that runs the server, or look with: ss -tpn | grep pid=${server.pid}`,
      { watched: false, pid: server.pid },
    );
  }
}

export function judgeEgress(sockets: readonly Socket[], pids: readonly number[], may: WhatConnects): Finding {
  const outbound = outboundOf(sockets);
  const evidence = {
    watched: true,
    processes: pids.join(' '),
    sockets: sockets.length,
    outbound: outbound.length,
  };
  if (outbound.length === 0)
    return ok(`${may.sentence}, and the running server has no connection to one now`, evidence);
  const to = outbound
    .map(({ remoteAddress, remotePort }) => `${remoteAddress} port ${remotePort}`)
    .join(', ');
  const allowed = may.on.length > 0 && !may.offline;
  if (allowed)
    return warning(
      `${may.sentence}; the running server is connected to ${to}.`,
      'Compare these with the addresses that you named; src/outbound/README.md says which may connect where.',
      { ...evidence, to },
    );
  return failed(
    `The running server is connected to ${to}.`,
    'Stop it and find out what was added to it: as delivered it connects to nothing.',
    { ...evidence, to },
  );
}
