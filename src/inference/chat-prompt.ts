import {
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { GeneratorPrompt } from './contracts.ts';

/** How a model's turns are written: it knows one of these, or both. */
export interface ChatForms {
  /** Null when the model does not know ChatML. */
  chatMl: ChatMarks | null;
  /** The chat template inside the model's own file; null when there is none. */
  own: ChatWrapper | null;
}

/** The two tokens that ChatML builds turns from. */
interface ChatMarks {
  turnStart: Token;
  turnEnd: Token;
}

/** @throws model_unusable when the model has neither ChatML nor a chat template of its own */
export function findChatForms(model: LlamaModel): ChatForms {
  const forms = { chatMl: findChatMarks(model), own: findOwn(model) };
  if (forms.chatMl || forms.own) return forms;
  const reason = 'its tokenizer has no <|im_start|> token (ChatML), and the file holds no chat template';
  throw new AnswerboxError('model_unusable', { file: model.filename ?? 'generator', reason });
}

function findChatMarks(model: LlamaModel): ChatMarks | null {
  const [turnStart, turnEnd] = ['<|im_start|>', '<|im_end|>'].map((mark) => {
    const tokens = model.tokenize(mark, true);
    return tokens.length === 1 ? tokens[0]! : null;
  });
  return turnStart != null && turnEnd != null ? { turnStart, turnEnd } : null;
}

function findOwn(model: LlamaModel): ChatWrapper | null {
  if (model.fileInfo.metadata.tokenizer?.chat_template === undefined) return null;
  try {
    return resolveChatWrapper(model, { warningLogs: false });
  } catch {
    // A template that the library does not understand: ChatML remains, or there is none.
    return null;
  }
}

/** The system turn, what was said before, a user turn, and the opened turn of the assistant. */
export function promptTokens(model: LlamaModel, forms: ChatForms, prompt: GeneratorPrompt): Token[] {
  const { chatMl, own } = forms;
  if (chatMl && (prompt.chat !== 'model' || !own)) return chatMlTokens(model, chatMl, prompt);
  if (own && prompt.chat !== 'chatml') return ownTokens(model, own, prompt);
  const reason =
    'its prompt template asks for ChatML, which the model does not know; say "chat": "model" there';
  throw new AnswerboxError('model_unusable', { file: model.filename ?? 'generator', reason });
}

function chatMlTokens(model: LlamaModel, marks: ChatMarks, prompt: GeneratorPrompt): Token[] {
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

/** The library keeps marks of the template apart from what stands between them, so no text can close a turn. */
function ownTokens(
  model: LlamaModel,
  own: ChatWrapper,
  { system, history = [], user }: GeneratorPrompt,
): Token[] {
  const earlier = history.map(({ role, text }): ChatHistoryItem =>
    role === 'user' ? { type: 'user', text } : { type: 'model', response: [text] },
  );
  const chatHistory: ChatHistoryItem[] = [
    { type: 'system', text: system },
    ...earlier,
    { type: 'user', text: user },
    { type: 'model', response: [] },
  ];
  try {
    return own.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer);
  } catch (error) {
    const reason = `its chat template cannot be filled: ${reasonOf(error)}`;
    throw new AnswerboxError('model_unusable', { file: model.filename ?? 'generator', reason }, error);
  }
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
