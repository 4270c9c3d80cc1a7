import type { AnswerboxError } from '../../errors.ts';
import type { CompletionEvent } from './completion-events.ts';
import type { CompletionShape } from './completion-shape.ts';
import { openAiError } from './error-body.ts';

/**
 * A completion as server-sent events: the role first, text as it comes, the end, `[DONE]`. No `event:` and no
 * `id:` lines, which some clients stumble over. A failure is a block of its own, and nothing follows it.
 * @param explain the failure to tell of; null when there is nobody to tell
 */
export async function* completionBlocks(
  events: AsyncIterable<CompletionEvent>,
  shape: CompletionShape,
  explain: (error: unknown) => AnswerboxError | null,
): AsyncGenerator<string> {
  const block = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
  const opening = shape.opening();
  if (opening) yield block(opening);
  try {
    for await (const event of events) {
      if (event.type === 'text') yield block(shape.text(event.text));
      else for (const chunk of shape.closing(event)) yield block(chunk);
    }
    yield 'data: [DONE]\n\n';
  } catch (error) {
    const known = explain(error);
    if (known) yield block({ error: openAiError(known).error });
  }
}
