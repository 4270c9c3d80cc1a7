import { onTestFinished } from 'vitest';
import { openDeskServer, type DeskServer, type DeskServerOptions } from './open-desk-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type { DeskServer, DeskServerOptions } from './open-desk-server.ts';

/** The server of {@link openDeskServer}, closed with the test. */
export async function startDeskServer(options: DeskServerOptions = {}): Promise<DeskServer> {
  const { folder = temporaryFolder(), ...rest } = options;
  const server = await openDeskServer(folder, rest);
  onTestFinished(() => server.close());
  return server;
}
