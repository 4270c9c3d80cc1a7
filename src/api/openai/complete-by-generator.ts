import type { Generator, TokenCounter } from '../../inference/contracts.ts';
import { usageOf, type CompletionEvent } from './completion-events.ts';
import type { ReadMessages } from './read-messages.ts';
import { StopTexts } from './stop-texts.ts';

/** Numbers of a completion by the generator alone. */
const ALONE = {
  /** Tokens when the caller names no limit. 16…1,024: about two seconds on two cores. */
  tokens: 256,
  /** Share of the context that an answer may take, 0…1; the rest is the prompt's. */
  share: 0.5,
  /** What it is told when the caller gives no system message. */
  system: 'You are a helpful assistant.',
} as const;

export interface GeneratorCompletion extends ReadMessages {
  /** Null when the caller named none. */
  maxTokens: number | null;
  stops: readonly string[];
}

/**
 * The generator by itself: no documents, no checks.
 * @throws prompt_too_long, models_unavailable, model_failed, overloaded, cancelled
 */
export async function* completeByGenerator(
  generator: Generator,
  { system, history, question, maxTokens, stops }: GeneratorCompletion,
  tokens: TokenCounter,
  signal: AbortSignal,
): AsyncGenerator<CompletionEvent> {
  const room = Math.floor(generator.contextTokens * ALONE.share);
  const events = generator.generate(
    { system: system === '' ? ALONE.system : system, history, user: question },
    { maxTokens: Math.min(maxTokens ?? ALONE.tokens, room), signal },
  );
  const stop = new StopTexts(stops);
  const asked = [system, ...history.map(({ text }) => text), question].join('\n');
  let text = '';
  for await (const event of events) {
    const shown = event.type === 'text' ? stop.push(event.text) : stop.flush();
    text += shown;
    if (shown !== '') yield { type: 'text', text: shown };
    if (event.type === 'text' && !stop.stopped) continue;
    // Stopped by a text of the caller's, the model does not tell its counts any more.
    const usage =
      event.type === 'end'
        ? usageOf(event.promptTokens, event.generatedTokens)
        : usageOf(tokens.countTokens(asked), tokens.countTokens(text));
    const finish = event.type === 'end' && event.stopReason === 'max_tokens' ? 'length' : 'stop';
    yield { type: 'end', finish, usage, annotations: [], answer: null };
    return;
  }
}
