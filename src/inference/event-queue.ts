/** Events pushed by one side and iterated by the other; ends by `close` or by throwing what `fail` got. */
export class EventQueue<T> implements AsyncIterable<T> {
  private readonly events: T[] = [];
  private ended: { error: Error | null } | null = null;
  private wake: () => void = () => undefined;

  push(event: T): void {
    this.events.push(event);
    this.wake();
  }

  close(): void {
    this.ended ??= { error: null };
    this.wake();
  }

  fail(error: unknown): void {
    this.ended ??= { error: error instanceof Error ? error : new Error(String(error)) };
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.events.length > 0) yield this.events.shift()!;
      if (this.ended?.error) throw this.ended.error;
      if (this.ended) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
