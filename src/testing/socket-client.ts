import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import { waitFor } from './http-client.ts';

/** What comes over the chat's socket: an answer's event with the question's id, or an error. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into messages of every shape
export type Received = any;

export interface SocketClient {
  socket: WebSocket;
  received: Received[];
  send(message: unknown): void;
  /** Waits until a message fits. */
  until(what: string, fits: (message: Received) => boolean): Promise<Received>;
  /** As a broken line: no goodbye. */
  kill(): Promise<void>;
  /** The code with which the server closed the line. */
  closed: Promise<number>;
}

/** @param url the server's own, http://… */
export async function connectSocket(url: string, options: ClientOptions = {}): Promise<SocketClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/chat/ws`, options);
  const received: Received[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString())));
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  await once(socket, 'open');
  return {
    socket,
    received,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    until: (what, fits) => waitFor(what, async () => received.find(fits)),
    kill: async () => {
      socket.terminate();
      await closed;
    },
    closed,
  };
}

/** The status with which a connection was refused. */
export async function refusedWith(url: string, options: ClientOptions = {}): Promise<number> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/chat/ws`, options);
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => reject(new Error('the connection was taken')));
    socket.on('error', () => undefined);
  });
}
