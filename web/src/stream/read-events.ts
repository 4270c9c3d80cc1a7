import { ConnectionError } from '../api/api-error.ts';
import { EventStreamParser, type ServerEvent } from './event-stream-parser.ts';

/** Milliseconds without a byte after which the line counts as broken; the server beats every 10 s. */
export const SILENCE_LIMIT_MS = 25_000;

/** The events of a stream until it ends; a silent line throws. */
export async function* readEvents<Event>(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  try {
    for (;;) {
      const { done, value } = await withinLimit(reader.read());
      if (done) return;
      yield* parser.feed(decoder.decode(value, { stream: true })).flatMap(toEvent<Event>);
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function toEvent<Event>({ data }: ServerEvent): Event[] {
  const parsed: unknown = JSON.parse(data);
  return typeof parsed === 'object' && parsed !== null && 'type' in parsed ? [parsed as Event] : [];
}

async function withinLimit<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ConnectionError(`No data for ${SILENCE_LIMIT_MS} ms`)),
      SILENCE_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}
