import { PassThrough, type Readable } from 'node:stream';
import type { AnswerEvent } from '../answer/answer-types.ts';
import { asKnown, isLeaving, wireError } from './plugins/error-exit.ts';

/** Keeps proxies and clients from giving up while the models think. */
const HEARTBEAT_MS = 10_000;

/**
 * Answer events as server-sent events; a failure in mid-stream is an `error` event, then the end, and
 * `onFailure` is told of it, for the log.
 */
export function eventStream(
  events: AsyncIterable<AnswerEvent>,
  requestId: string,
  onFailure: (error: unknown) => void,
): Readable {
  const stream = new PassThrough();
  const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT_MS);
  stream.on('close', () => clearInterval(heartbeat));
  void pump(events, stream, requestId, onFailure).finally(() => {
    clearInterval(heartbeat);
    stream.end();
  });
  return stream;
}

async function pump(
  events: AsyncIterable<AnswerEvent>,
  stream: PassThrough,
  requestId: string,
  onFailure: (error: unknown) => void,
): Promise<void> {
  let sequence = 0;
  const write = (event: AnswerEvent): void =>
    void stream.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  try {
    for await (const event of events) {
      sequence = event.sequence;
      if (stream.destroyed) return;
      write(event);
    }
  } catch (error) {
    if (isLeaving(error)) return;
    onFailure(error);
    write({ sequence: sequence + 1, type: 'error', ...wireError(asKnown(error), requestId) });
  }
}
