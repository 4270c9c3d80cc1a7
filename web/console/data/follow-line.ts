import { readEvents, SILENCE_LIMIT_MS } from '../../src/stream/read-events.ts';

/** Milliseconds before a line that broke or was refused is asked for again. */
export const RETRY_MS = 3_000;
/** Carries the place at which a stream begins that was asked for without one. */
export const POSITION_HEADER = 'answerbox-position';

export interface LineTools<Event> {
  /** @param after the last position that was seen; null: from now on */
  open: (after: number | null, signal: AbortSignal) => Promise<Response>;
  /** Null for what is told to whoever listens now, and has no place in the order. */
  positionOf: (event: Event) => number | null;
  take: (event: Event) => void;
  onState: (state: 'live' | 'lost') => void;
  /** Before a further try. False: there is nothing to be followed any more. */
  mayRetry: () => Promise<boolean>;
  /** Calls back when the machine or its network may have been away. @returns ends it */
  onReturn: (listener: () => void) => () => void;
}

/**
 * Follows a stream through every break: after each it goes on behind the last position, so nothing is lost and
 * nothing comes twice. A line on which not even heartbeats come counts as broken, whatever the network says.
 * @returns ends it
 */
export function followLine<Event>(tools: LineTools<Event>): () => void {
  const leaving = new AbortController();
  const place: { after: number | null } = { after: null };
  void (async () => {
    while (!leaving.signal.aborted) {
      await followOnce(tools, place, leaving.signal).catch(() => undefined);
      if (leaving.signal.aborted) return;
      tools.onState('lost');
      await pause(tools, leaving.signal);
      if (leaving.signal.aborted || !(await tools.mayRetry())) return;
    }
  })();
  return () => leaving.abort();
}

async function followOnce<Event>(
  { open, positionOf, take, onState, onReturn }: LineTools<Event>,
  place: { after: number | null },
  until: AbortSignal,
): Promise<void> {
  const line = new AbortController();
  const end = (): void => line.abort();
  until.addEventListener('abort', end, { signal: line.signal });
  let heard = Date.now();
  // Timers stand still in a machine that sleeps: its line may be dead for long without anybody having said so.
  const stop = onReturn(() => {
    if (Date.now() - heard > SILENCE_LIMIT_MS) line.abort();
  });
  try {
    const response = await open(place.after, line.signal);
    if (!response.ok || !response.body) return;
    const begins = response.headers.get(POSITION_HEADER);
    if (begins !== null) place.after ??= Number(begins);
    onState('live');
    const listened = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, controller) => {
          heard = Date.now();
          controller.enqueue(bytes);
        },
      }),
    );
    for await (const event of readEvents<Event>(listened)) {
      if (line.signal.aborted) return;
      const position = positionOf(event);
      if (position !== null) {
        if (place.after !== null && position <= place.after) continue;
        place.after = position;
      }
      take(event);
    }
  } finally {
    stop();
    line.abort();
  }
}

function pause({ onReturn }: Pick<LineTools<never>, 'onReturn'>, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, RETRY_MS);
    const stop = onReturn(end);
    until.addEventListener('abort', end, { once: true });
  });
}
