import { PassThrough, type Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Keeps proxies and clients from giving up while the models think; several of them do after 20 seconds. */
const HEARTBEAT_MS = 10_000;
/** A bare comment: some clients stop reading at one with words in it. */
const HEARTBEAT = ':\n\n';

/** Milliseconds in which a refusal still gets a status of its own; then the headers go out. */
const FIRST_EVENT_MS = 250;

/**
 * Blocks of server-sent events as a body, with heartbeats between them. The blocks must tell of a failure
 * themselves; one that they throw just ends the stream.
 */
export function eventStream(blocks: AsyncIterable<string>, heartbeatMs = HEARTBEAT_MS): Readable {
  const stream = new PassThrough();
  const heartbeat = setInterval(() => stream.write(HEARTBEAT), heartbeatMs);
  stream.on('close', () => clearInterval(heartbeat));
  const pump = async (): Promise<void> => {
    for await (const block of blocks) {
      if (stream.destroyed) return;
      stream.write(block);
    }
  };
  void pump()
    .catch(() => undefined)
    .finally(() => {
      clearInterval(heartbeat);
      stream.end();
    });
  return stream;
}

/** Sends a body of server-sent events, past the schema of the route's other body. */
export function sendEventStream(reply: FastifyReply, body: Readable): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    .serializer((payload: unknown) => payload as string)
    .send(body);
}

/**
 * Waits a moment for the first event: a request that is refused at once fails with its status and not in the
 * middle of a stream. Whoever is not refused by then is kept waiting with headers and heartbeats.
 * @throws what the events throw meanwhile
 */
export async function openEvents<Event>(
  events: AsyncGenerator<Event, unknown>,
  patienceMs = FIRST_EVENT_MS,
): Promise<AsyncGenerator<Event>> {
  const first = events.next();
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    late = setTimeout(resolve, patienceMs);
  });
  try {
    await Promise.race([first, patience]);
  } finally {
    clearTimeout(late);
  }
  // Thrown again to whoever reads on; nobody may, when the asker has left.
  first.catch(() => undefined);
  return (async function* () {
    const begun = await first;
    if (begun.done) return;
    try {
      yield begun.value;
      yield* events;
    } finally {
      await events.return(undefined);
    }
  })();
}
