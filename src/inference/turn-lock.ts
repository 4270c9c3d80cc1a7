type Start = () => void;

/**
 * Lets native work alternate: never two steps at once, and runs go before steps of a text. A text
 * is written token by token, so a run of a few milliseconds need not wait for its end.
 */
export class TurnLock {
  private readonly runs: Start[] = [];
  private readonly steps: Start[] = [];
  private taken = false;

  /** One ONNX run. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.take(work, this.runs);
  }

  /** One step of llama.cpp: a token, or a piece of the prompt. */
  step<T>(work: () => Promise<T>): Promise<T> {
    return this.take(work, this.steps);
  }

  private async take<T>(work: () => Promise<T>, queue: Start[]): Promise<T> {
    if (this.taken) await new Promise<void>((resolve) => queue.push(resolve));
    this.taken = true;
    try {
      return await work();
    } finally {
      const next = this.runs.shift() ?? this.steps.shift();
      // Handed over, not freed: work that arrives in between must queue.
      if (next) next();
      else this.taken = false;
    }
  }
}
