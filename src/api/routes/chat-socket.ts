import websocket from '@fastify/websocket';
import { Type } from '@sinclair/typebox';
import type { CustomerGate } from '../../abuse/customer-gate.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import { logError, saidIn } from '../../observability/mask-log.ts';
import type { OriginCheck } from '../allowed-origins.ts';
import type { Server } from '../build-server.ts';
import { asKnown, isLeaving, wireError } from '../plugins/error-exit.ts';
import { closeRefusedUpgrades } from '../plugins/refused-upgrades.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';
import { createAnswerLogs, type AnswerLogs, type AnswerLogsOptions } from '../socket/answer-logs.ts';
import { ChatSocket } from '../socket/chat-socket.ts';
import { checkOrigin } from '../socket/check-origin.ts';
import { SOCKET, type SocketSettings } from '../socket/socket-settings.ts';

/** Advice to whoever finds all connections taken, seconds. */
const CROWDED_SECONDS = 10;
/** Milliseconds for a client to answer the goodbye of a server that stops. */
const GOODBYE_MS = 1_000;

/** The chat over a WebSocket: the same events as the stream, and what a broken line missed. @returns all answers */
export async function addChatSocketRoute(
  server: Server,
  app: App,
  { staff, allows, gate }: { staff: StaffCheck; allows: OriginCheck; gate: CustomerGate },
  changed: Partial<SocketSettings> = {},
): Promise<AnswerLogs> {
  const settings = { ...SOCKET, ...changed };
  closeRefusedUpgrades(server);
  await server.register(websocket, { options: { maxPayload: settings.messageBytes } });
  const explain: AnswerLogsOptions['explain'] = (error, sequence, asked) => {
    const known = isLeaving(error) ? new AnswerboxError('cancelled') : asKnown(error);
    if (known.status >= 500) server.log.error({ err: logError(error, saidIn(asked)) }, 'an answer broke off');
    return { sequence, type: 'error', ...wireError(known, '') };
  };
  const logs = createAnswerLogs(app, { settings, explain });
  server.addHook('preClose', async () => {
    logs.close();
    // Whoever does not answer the goodbye that the library sends must not hold the server up.
    for (const client of server.websocketServer.clients)
      setTimeout(() => client.terminate(), GOODBYE_MS).unref();
  });
  let connections = 0;

  server.route({
    method: 'GET',
    url: '/api/v1/chat/ws',
    schema: { response: { 101: Type.Null({ description: 'the connection speaks WebSocket from here on' }) } },
    preValidation: async (request) => {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket')
        throw new AnswerboxError('upgrade_required');
      checkOrigin(request, allows);
      if (connections >= settings.connections)
        throw new AnswerboxError('too_many_connections', {
          limit: settings.connections,
          seconds: CROWDED_SECONDS,
        });
    },
    handler: () => Promise.reject(new AnswerboxError('upgrade_required')),
    wsHandler: (socket, request) => {
      connections += 1;
      app.metrics.sockets.inc();
      socket.on('close', () => {
        connections -= 1;
        app.metrics.sockets.dec();
      });
      new ChatSocket(socket, request, { app, staff, gate, logs, settings, metrics: app.metrics });
    },
  });
  return logs;
}
