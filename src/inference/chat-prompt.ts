import type { LlamaModel, Token } from 'node-llama-cpp';
import { AnswerboxError } from '../errors.ts';
import type { GeneratorPrompt } from './contracts.ts';

/** The two tokens that ChatML builds turns from. */
export interface ChatMarks {
  turnStart: Token;
  turnEnd: Token;
}

/** @throws model_unusable when the model does not know ChatML */
export function findChatMarks(model: LlamaModel): ChatMarks {
  const [turnStart, turnEnd] = ['<|im_start|>', '<|im_end|>'].map((mark) => {
    const tokens = model.tokenize(mark, true);
    if (tokens.length === 1) return tokens[0]!;
    const reason = `its tokenizer has no ${mark} token, and prompts are written in ChatML`;
    throw new AnswerboxError('model_unusable', { file: model.filename ?? 'generator', reason });
  });
  return { turnStart: turnStart!, turnEnd: turnEnd! };
}

/** The system turn, what was said before, a user turn, and the opened turn of the assistant. */
export function chatTokens(model: LlamaModel, marks: ChatMarks, prompt: GeneratorPrompt): Token[] {
  const newline = plainTokens(model, '\n');
  const { system, history = [], user } = prompt;
  const earlier = history.map(({ role, text }) => `${role}\n${text}`);
  return [
    ...[`system\n${system}`, ...earlier, `user\n${user}`].flatMap((text) => [
      ...turn(model, marks, text),
      ...newline,
    ]),
    marks.turnStart,
    ...plainTokens(model, 'assistant\n'),
  ];
}

function turn(model: LlamaModel, marks: ChatMarks, text: string): Token[] {
  return [marks.turnStart, ...plainTokens(model, text), marks.turnEnd];
}

/** Tokens of text that may come from anywhere: none of them is a special one, so no text can close a turn. */
export function plainTokens(model: LlamaModel, text: string): Token[] {
  const tokens = model.tokenize(text, false);
  if (!tokens.some((token) => model.isSpecialToken(token) || model.isEogToken(token))) return tokens;
  // Some files declare such marks as ordinary vocabulary; then the text itself must change.
  return model.tokenize(text.replaceAll('<|', '< |').replaceAll('</', '< /'), false);
}
