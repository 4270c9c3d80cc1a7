import type { Answer } from '../../answer/answer-types.ts';
import type { FinishReason, UrlCitation, Usage } from '../schemas/openai-schema.ts';

/** What every model says, before it takes the shape of a chat or a text completion. */
export type CompletionEvent =
  | { type: 'text'; text: string }
  | {
      type: 'end';
      finish: FinishReason;
      usage: Usage;
      annotations: UrlCitation[];
      /** Null from a generator alone. */
      answer: Answer | null;
    };

export type CompletionEnd = Extract<CompletionEvent, { type: 'end' }>;

export function usageOf(prompt_tokens: number, completion_tokens: number): Usage {
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

/** The whole text and how it ended. */
export async function gatherCompletion(
  events: AsyncIterable<CompletionEvent>,
): Promise<{ text: string; end: CompletionEnd }> {
  let text = '';
  for await (const event of events) {
    if (event.type === 'end') return { text, end: event };
    text += event.text;
  }
  throw new Error('a completion ended without its end');
}
