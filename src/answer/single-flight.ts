import { AnswerboxError, throwIfCancelled } from '../errors.ts';

export interface SingleFlight<Result> {
  /**
   * The result of `work`, computed once for all who ask under this key at the same time. A caller that is
   * aborted leaves the others alone; when the last one is, the work's own signal is raised.
   * @throws cancelled when the caller's signal is raised, and whatever the work throws, to each caller
   */
  run(key: string, work: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Computations under way. */
  readonly size: number;
}

interface Flight<Result> {
  result: Promise<Result>;
  controller: AbortController;
  callers: number;
}

export function createSingleFlight<Result>(): SingleFlight<Result> {
  const flights = new Map<string, Flight<Result>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController();
    const result = (async () => work(controller.signal))();
    const flight: Flight<Result> = { result, controller, callers: 0 };
    flights.set(key, flight);
    const land = (): void => forget(key, flight);
    result.then(land, land);
    return flight;
  }

  function forget(key: string, flight: Flight<Result>): void {
    if (flights.get(key) === flight) flights.delete(key);
  }

  function leave(key: string, flight: Flight<Result>, reason: unknown): void {
    flight.callers -= 1;
    if (flight.callers > 0) return;
    // Out of the map first: who asks from now on must not join work that is being stopped.
    forget(key, flight);
    flight.controller.abort(reason);
  }

  return {
    run: async (key, work, signal) => {
      throwIfCancelled(signal);
      const flight = flights.get(key) ?? begin(key, work);
      flight.callers += 1;
      if (signal === undefined) return await flight.result;
      return await untilAborted(flight.result, signal, () => leave(key, flight, signal.reason));
    },
    get size() {
      return flights.size;
    },
  };
}

function untilAborted<Result>(
  result: Promise<Result>,
  signal: AbortSignal,
  leave: () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      leave();
      reject(new AnswerboxError('cancelled', {}, signal.reason));
    };
    signal.addEventListener('abort', abort, { once: true });
    const settled = (): void => signal.removeEventListener('abort', abort);
    result.then(resolve, reject).finally(settled);
  });
}
