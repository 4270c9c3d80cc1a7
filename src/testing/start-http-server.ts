import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestHttpServer {
  /** Address and port, as in `URL.host`. */
  host: string;
  /** Requests so far, oldest first. */
  requests: IncomingMessage[];
  close(): Promise<void>;
}

/** A server on a free port that is gone when the test is over, hanging connections too. */
export async function startHttpServer(answer: RequestListener): Promise<TestHttpServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
