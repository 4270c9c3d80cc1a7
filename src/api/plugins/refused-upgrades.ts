import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from '../build-server.ts';

export interface RefusedUpgradesOptions {
  /** Milliseconds of silence after which a connection that asked for another protocol and got none is cut. */
  silentMs?: number;
}

const SILENT_MS = 5_000;

/**
 * Closes connections whose wish for another protocol was refused. Node hands such a connection over and keeps no
 * account of it any more: neither the answer nor the client's goodbye would close it, and anybody could hold as many
 * as the process has file descriptors. Whoever is accepted gets the WebSocket's own rules.
 */
export function closeRefusedUpgrades(
  server: Server,
  { silentMs = SILENT_MS }: RefusedUpgradesOptions = {},
): void {
  const asked = new WeakSet<Duplex>();
  server.server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
    asked.add(socket);
    // The first thing that an accepted connection does is to set its own, and it answers a goodbye itself.
    request.socket.setTimeout(silentMs, () => socket.destroy());
    socket.once('end', () => socket.end());
  });
  // Of an accepted one there is no answer: the reply was taken over.
  server.addHook('onResponse', async ({ raw }) => {
    if (asked.has(raw.socket)) raw.socket.end();
  });
}
