/** Longest delay a timer takes; it only has to exist. */
const LONG_MS = 2 ** 31 - 1;

/** Keeps the event loop running while calls are open, since the model process itself is unreferenced. */
export class KeepAlive {
  private calls = 0;
  private timer: NodeJS.Timeout | undefined;

  async during<T>(work: Promise<T>): Promise<T> {
    this.calls += 1;
    this.timer ??= setInterval(() => undefined, LONG_MS);
    try {
      return await work;
    } finally {
      this.calls -= 1;
      if (this.calls === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
    }
  }
}
