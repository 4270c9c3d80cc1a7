import { once } from 'node:events';
import { createServer } from 'node:net';
import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { reasonOf } from '../errors.ts';
import { failed, ok, type Finding } from './doctor-types.ts';

export async function checkPort(config: Config): Promise<Finding> {
  const { host, port } = config;
  if (port === 0) return ok('a free port is taken at every start', { host, port });
  const server = await findServer(config);
  if (server && new URL(server.url).port === String(port))
    return ok(`${host}:${port} is held by the running server`, { host, port, pid: server.pid });
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, 'listening');
    return ok(`${host}:${port} is free`, { host, port });
  } catch (error) {
    return failed(
      `${host}:${port} cannot be listened on: ${reasonOf(error)}`,
      'Stop the program that holds it, or set ANSWERBOX_PORT to a free port.',
      { host, port },
    );
  } finally {
    probe.close();
  }
}
