import { PassThrough, type Readable } from 'node:stream';
import type { JobEvent } from './watch-job.ts';

/** Keeps proxies from giving up on a job that waits. */
const HEARTBEAT_MS = 10_000;

/**
 * Job events as server-sent events. An `item-end` has an id, so that a browser's EventSource reattaches by itself
 * where it was; a failure ends the stream, and the next one goes on.
 */
export function jobStream(events: AsyncIterable<JobEvent>, onFailure: (error: unknown) => void): Readable {
  const stream = new PassThrough();
  const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT_MS);
  stream.on('close', () => clearInterval(heartbeat));
  const pump = async (): Promise<void> => {
    for await (const event of events) {
      if (stream.destroyed) return;
      const id = event.type === 'item-end' ? `id: ${event.sequence}\n` : '';
      stream.write(`${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
  };
  void pump()
    .catch(onFailure)
    .finally(() => {
      clearInterval(heartbeat);
      stream.end();
    });
  return stream;
}
