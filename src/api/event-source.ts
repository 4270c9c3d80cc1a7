import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Streamed } from '../desk/event-hub.ts';

/** A bare comment: proxies see life, clients see nothing. */
const HEARTBEAT = ':\n\n';

/** The number to go on after: of the header that a browser sends on its own, else of the query. */
export function placeOf(request: FastifyRequest, after: number | undefined): number | undefined {
  const header = request.headers['last-event-id'];
  const last = typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
  return last ?? after;
}

/**
 * A stream of the desk as server-sent events. Stored events carry their number as `id:`, so that a browser goes on
 * from there by itself. The client reads as fast as it can: nothing piles up for a slow one.
 */
export function sendEvents(
  reply: FastifyReply,
  events: AsyncGenerator<Streamed>,
  block: (streamed: Exclude<Streamed, { heartbeat: true }>) => { id?: number; type: string; data: unknown },
): FastifyReply {
  async function* blocks(): AsyncGenerator<string> {
    // Headers go out at once, and a browser that loses the line tries again soon.
    yield 'retry: 2000\n\n';
    for await (const streamed of events) {
      if ('heartbeat' in streamed) {
        yield HEARTBEAT;
        continue;
      }
      const { id, type, data } = block(streamed);
      yield `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    }
  }
  return reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    .serializer((payload: unknown) => payload as string)
    .send(Readable.from(blocks(), { objectMode: false }));
}
