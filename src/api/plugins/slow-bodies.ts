import type { FastifyRequest } from 'fastify';
import type { Server } from '../build-server.ts';

export interface SlowBodiesOptions {
  /** Milliseconds for a whole JSON body, and between two looks at an upload. */
  bodyMs?: number;
  /** Bytes that must come of an upload between two looks: 1 KB a second, slower than any line that could end one. */
  leastBytes?: number;
}

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/**
 * Ends connections whose request does not come along, so that nobody holds them for the price of a byte now and then.
 * It is the request alone that is timed: an answer takes as long as it takes. An upload that this server is slow to
 * take is not the client's fault; the limit of a whole request ends what drips.
 */
export function endSlowBodies(
  server: Server,
  { bodyMs = 30_000, leastBytes = 30_000 }: SlowBodiesOptions = {},
): void {
  server.addHook('onRequest', async (request) => {
    const { raw } = request;
    if (!hasBody(request)) return;
    const isUpload = !isJson(request);
    const written = raw.socket.bytesWritten;
    let before = raw.socket.bytesRead;
    const look = (): void => {
      if (raw.complete || raw.destroyed) return clearInterval(timer);
      const grown = raw.socket.bytesRead - before;
      before += grown;
      if (isUpload && (grown >= leastBytes || raw.readableLength > 0)) return;
      clearInterval(timer);
      // An answer that has begun is not written into.
      if (raw.socket.bytesWritten === written) raw.socket.write(TIMED_OUT);
      raw.socket.destroySoon();
    };
    const timer = setInterval(look, bodyMs);
    timer.unref();
    raw.once('close', () => clearInterval(timer));
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}
