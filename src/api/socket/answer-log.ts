import type { Answer, AnswerEvent } from '../../answer/answer-types.ts';

/** Gets each event once, in order; `end` when no more will come. */
export interface Listener {
  event: (event: AnswerEvent) => void;
  end: () => void;
}

export interface AnswerLogOptions {
  /** Milliseconds without a listener after which a running answer is given up. */
  unheardMs: number;
  /** The `error` event that stands for a failure; null when the answer was only given up. */
  explain: (error: unknown, sequence: number) => AnswerEvent | null;
  onEnd: () => void;
}

/** The events of one answer, kept while it runs and for some time after, so that a broken line can go on. */
export class AnswerLog {
  private readonly events: AnswerEvent[] = [];
  private readonly listeners = new Set<Listener>();
  private readonly controller = new AbortController();
  private readonly options: AnswerLogOptions;
  private unheard: NodeJS.Timeout | undefined;
  private ended = false;

  /** @param begin starts the answer; the signal ends it */
  constructor(
    begin: (signal: AbortSignal) => AsyncGenerator<AnswerEvent, Answer>,
    options: AnswerLogOptions,
  ) {
    this.options = options;
    void this.pump(begin(this.controller.signal));
  }

  /** It ended without an answer: asked again, the question is worked on anew. */
  get failed(): boolean {
    return this.ended && this.events.at(-1)?.type !== 'answer-end';
  }

  get over(): boolean {
    return this.ended;
  }

  /** Tells of the events after this one, those that are to come too. @returns what ends it */
  listen(after: number, listener: Listener): () => void {
    clearTimeout(this.unheard);
    for (const event of this.events) if (event.sequence > after) listener.event(event);
    if (this.ended) {
      listener.end();
      return () => undefined;
    }
    this.listeners.add(listener);
    return () => {
      if (!this.listeners.delete(listener) || this.listeners.size > 0 || this.ended) return;
      this.unheard = setTimeout(() => this.cancel(), this.options.unheardMs);
      this.unheard.unref();
    };
  }

  cancel(): void {
    this.controller.abort();
  }

  private async pump(events: AsyncGenerator<AnswerEvent, Answer>): Promise<void> {
    try {
      for await (const event of events) this.add(event);
    } catch (error) {
      const told = this.options.explain(error, (this.events.at(-1)?.sequence ?? 0) + 1);
      if (told) this.add(told);
    }
    this.ended = true;
    clearTimeout(this.unheard);
    this.options.onEnd();
    for (const listener of this.listeners) listener.end();
    this.listeners.clear();
  }

  private add(event: AnswerEvent): void {
    this.events.push(event);
    for (const listener of this.listeners) listener.event(event);
  }
}
