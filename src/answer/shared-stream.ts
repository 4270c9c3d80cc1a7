import { AnswerboxError, throwIfCancelled } from '../errors.ts';

export interface SharedStream<Item, Result> {
  /**
   * What `work` yields and returns, computed once for all who ask under this key at the same time; who comes
   * later hears it from the beginning. A caller that is aborted or stops listening leaves the others alone; when
   * the last one does, the work's own signal is raised.
   * @throws cancelled when the caller's signal is raised, and whatever the work throws, to each caller
   */
  run(
    key: string,
    work: (signal: AbortSignal) => AsyncGenerator<Item, Result>,
    signal?: AbortSignal,
  ): AsyncGenerator<Item, Result>;
  /** Whether work under this key is under way, so that a caller would join it. */
  has(key: string): boolean;
  /** Computations under way. */
  readonly size: number;
}

interface Flight<Item, Result> {
  /** All so far, for who joins later. */
  items: Item[];
  end: { result: Result } | { error: unknown } | null;
  /** Called once each, when there is more. */
  waiting: Set<() => void>;
  controller: AbortController;
  callers: number;
}

export function createSharedStream<Item, Result>(): SharedStream<Item, Result> {
  const flights = new Map<string, Flight<Item, Result>>();
  const forget = (key: string, flight: Flight<Item, Result>): void => {
    if (flights.get(key) === flight) flights.delete(key);
  };

  function begin(key: string, work: (signal: AbortSignal) => AsyncGenerator<Item, Result>) {
    const controller = new AbortController();
    const flight: Flight<Item, Result> = {
      items: [],
      end: null,
      waiting: new Set(),
      controller,
      callers: 0,
    };
    flights.set(key, flight);
    // Never rejects: what the work throws is handed to the callers.
    void pump(flight, work).then(() => forget(key, flight));
    return flight;
  }

  function leave(key: string, flight: Flight<Item, Result>, reason: unknown): void {
    flight.callers -= 1;
    if (flight.callers > 0 || flight.end !== null) return;
    // Out of the map first: who asks from now on must not join work that is being stopped.
    forget(key, flight);
    flight.controller.abort(reason);
  }

  return {
    async *run(key, work, signal) {
      throwIfCancelled(signal);
      const flight = flights.get(key) ?? begin(key, work);
      flight.callers += 1;
      let gone = false;
      const go = (): void => {
        if (!gone) leave(key, flight, signal?.reason);
        gone = true;
      };
      signal?.addEventListener('abort', go, { once: true });
      try {
        return yield* listen(flight, signal);
      } finally {
        signal?.removeEventListener('abort', go);
        go();
      }
    },
    has: (key) => flights.has(key),
    get size() {
      return flights.size;
    },
  };
}

async function pump<Item, Result>(
  flight: Flight<Item, Result>,
  work: (signal: AbortSignal) => AsyncGenerator<Item, Result>,
): Promise<void> {
  const tell = (): void => {
    for (const wake of [...flight.waiting]) wake();
    flight.waiting.clear();
  };
  try {
    const running = work(flight.controller.signal);
    for (;;) {
      const step = await running.next();
      if (step.done === true) {
        flight.end = { result: step.value };
        return;
      }
      flight.items.push(step.value);
      tell();
    }
  } catch (error) {
    flight.end = { error };
  } finally {
    tell();
  }
}

async function* listen<Item, Result>(
  flight: Flight<Item, Result>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, Result> {
  for (let next = 0; ;) {
    throwIfCancelled(signal);
    const item = flight.items[next];
    if (next < flight.items.length) {
      next += 1;
      yield item!;
    } else if (flight.end === null) await more(flight, signal);
    else if ('error' in flight.end) throw flight.end.error;
    else return flight.end.result;
  }
}

function more({ waiting }: Flight<unknown, unknown>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      waiting.delete(wake);
      reject(new AnswerboxError('cancelled', {}, signal?.reason));
    };
    const wake = (): void => {
      signal?.removeEventListener('abort', abort);
      resolve();
    };
    signal?.addEventListener('abort', abort, { once: true });
    waiting.add(wake);
  });
}
