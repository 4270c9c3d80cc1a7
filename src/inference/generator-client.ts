import type { Generator, GeneratorEvent } from './contracts.ts';
import { EventQueue } from './event-queue.ts';
import type { ModelCaller } from './model-caller.ts';

/** The generator of a model process, as the rest of the product sees it. */
export function createGenerator(caller: ModelCaller, identity: string, contextTokens: number): Generator {
  return {
    identity,
    contextTokens,
    async *generate({ chat, system, history = [], user }, { maxTokens, signal, priority }) {
      const stop = new AbortController();
      const forward = (): void => stop.abort(signal?.reason);
      signal?.addEventListener('abort', forward, { once: true });
      if (signal?.aborted) forward();
      const queue = new EventQueue<GeneratorEvent>();
      const onEvent = (text: string): void => queue.push({ type: 'text', text });
      const earlier = history.map(({ role, text }) => ({ role, text }));
      const input = { prompt: { ...(chat && { chat }), system, history: earlier, user }, maxTokens };
      caller
        .call(
          { operation: 'generate', input, onEvent },
          { signal: stop.signal, ...(priority && { priority }) },
        )
        .then((end) => queue.push(end))
        .then(
          () => queue.close(),
          (error: unknown) => queue.fail(error),
        );
      try {
        yield* queue;
      } finally {
        signal?.removeEventListener('abort', forward);
        stop.abort();
      }
    },
  };
}
