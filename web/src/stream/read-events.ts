import type { AnswerEvent } from '../../../src/answer/answer-types.ts';
import { ConnectionError } from '../api/api-error.ts';
import { EventStreamParser, type ServerEvent } from './event-stream-parser.ts';

/** Milliseconds without a byte after which the line counts as broken; the server beats every 10 s. */
const SILENCE_LIMIT_MS = 45_000;

/** The events of one answer, until the stream ends; a silent line throws. */
export async function* readAnswerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  try {
    for (;;) {
      const { done, value } = await withinLimit(reader.read());
      if (done) return;
      yield* parser.feed(decoder.decode(value, { stream: true })).flatMap(toAnswerEvent);
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function toAnswerEvent(event: ServerEvent): AnswerEvent[] {
  const parsed: unknown = JSON.parse(event.data);
  return typeof parsed === 'object' && parsed !== null && 'type' in parsed ? [parsed as AnswerEvent] : [];
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
