import { AnswerboxError } from '../../errors.ts';
import type { TokenCounter } from '../../inference/contracts.ts';

/** As many texts as OpenAI takes at once. */
const MOST_TEXTS = 2048;
/** [CLS] and [SEP] take two places of every row. */
const SPECIAL_TOKENS = 2;

export interface EmbeddingLimits {
  /** Tokens of the model's context, special ones included. */
  limit: number;
  /** Cut what is too long; else it is refused. */
  truncate: boolean;
}

/**
 * The texts to embed and how many tokens the model reads of them.
 * @throws parameter_unsupported, input_too_long
 */
export function readEmbeddingInput(
  input: unknown,
  counter: TokenCounter,
  { limit, truncate }: EmbeddingLimits,
): { texts: string[]; tokens: number } {
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0) refuse('input', 'it holds no text');
  if (texts.length > MOST_TEXTS)
    refuse('input', `it holds ${texts.length} texts; send ${MOST_TEXTS} at most at once`);
  if (texts.flat().some((one) => typeof one === 'number')) {
    refuse(
      'input',
      'token ids are of another model’s vocabulary; send texts (in LangChain: check_embedding_ctx_length=False)',
    );
  }
  let tokens = 0;
  const checked = texts.map((text, place) => {
    const param = Array.isArray(input) ? `input[${place}]` : 'input';
    if (typeof text !== 'string') return refuse(param, 'it is not a text');
    if (text.trim() === '') return refuse(param, 'it is empty');
    const found = counter.countTokens(text) + SPECIAL_TOKENS;
    if (found > limit && !truncate)
      throw new AnswerboxError('input_too_long', {
        param,
        found,
        limit,
        advice: 'send "truncate": true to have it cut',
      });
    tokens += Math.min(found, limit);
    return text;
  });
  return { texts: checked, tokens };
}

function refuse(param: string, reason: string): never {
  throw new AnswerboxError('parameter_unsupported', { param, reason });
}
