import { hasCode } from '../errors.ts';
import type { Generator, GeneratorPrompt } from '../inference/contracts.ts';
import { neutraliseText } from '../guard/neutralise-text.ts';
import { GENERATION } from './answer-settings.ts';
import type { ContextPassage } from './path-types.ts';

/** What the generator says when the passages do not hold the answer; it was trained on these words. */
export const REFUSAL = "I can't find that in our documents.";

/** A sentence of the draft and the passage numbers that it cites. */
export interface DraftSentence {
  text: string;
  cited: number[];
}

/** Failures with which the question is still answered, by quotations. */
const GENERATOR_AWAY = ['model_failed', 'models_unavailable', 'model_missing', 'model_unusable'] as const;

/** A sentence ends where its citation mark closes: "… days. [1]", "… days [1]." or "… days [1] Next". */
const SENTENCE_END = /^.*?(?:[.!?]["')]*\s*\[\d+\]|\[\d+\]\s*[.!?]|\[\d+\](?=\s+[^\s.!?[]))/s;
const MARK = /\s*\[(\d+)\]/g;
/** Further marks of a sentence that was passed on already. */
const LEADING_MARKS = /^\s*(?:\[\d+\]\s*)+/;

/** The prompt that the built-in generator was trained on; see models/generator/README.md. */
export function buildPrompt(
  question: string,
  context: readonly ContextPassage[],
  shop: string,
): GeneratorPrompt {
  const passages = context.map(({ index, text }) => `[${index}] ${neutraliseText(text)}`).join('\n\n');
  return {
    system:
      `You answer customers of ${shop}. Use only the numbered passages. Put the number of the passage after each ` +
      `sentence. If the passages do not hold the answer, say: ${REFUSAL}`,
    user: `${passages}\n\nQuestion: ${neutraliseText(question)}`,
  };
}

/**
 * Sentences as they are complete. Ends early, without failing, at the time limit or when the models go
 * away: what was complete by then stands. @throws cancelled when `signal` is raised
 */
export async function* generateDraft(
  prompt: GeneratorPrompt,
  generator: Generator,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): AsyncGenerator<DraftSentence> {
  const limit = AbortSignal.timeout(timeoutMs);
  let text = '';
  try {
    const events = generator.generate(prompt, {
      maxTokens: GENERATION.maxTokens,
      signal: AbortSignal.any([signal, limit]),
    });
    for await (const event of events) {
      if (event.type === 'end') {
        // A sentence cut off by the token limit is not shown.
        if (event.stopReason === 'end' && /\w/.test(text.replace(LEADING_MARKS, '')))
          yield parseSentence(text);
        return;
      }
      text = (text + event.text).replace(LEADING_MARKS, '');
      for (let match = SENTENCE_END.exec(text); match; match = SENTENCE_END.exec(text)) {
        yield parseSentence(match[0]);
        text = text.slice(match[0].length);
      }
    }
  } catch (error) {
    const over = limit.aborted && !signal.aborted;
    if (!over && !GENERATOR_AWAY.some((code) => hasCode(error, code))) throw error;
  }
}

function parseSentence(raw: string): DraftSentence {
  const cited = [...raw.matchAll(MARK)].map((match) => Number(match[1]));
  const text = raw
    .replace(MARK, '')
    .replace(/\s+([.!?])/g, '$1')
    .trim();
  return { text, cited };
}

export function isRefusal(text: string): boolean {
  return /^(?:i['’ ]?(?:m sorry|am sorry)[,.]? )?i (?:can['’]?t|cannot|could not|couldn['’]t) find/i.test(
    text.trim(),
  );
}
