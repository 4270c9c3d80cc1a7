import { AnswerboxError } from '../errors.ts';
import { foldText } from '../text/fold-text.ts';

/**
 * The question as one line of visible text (see {@link foldText}).
 * @param limit characters (UTF-16 units), before and after folding: one "ﷺ" becomes eighteen letters
 * @throws question_empty, question_too_long, question_not_text
 */
export function cleanQuestion(message: string, limit: number): string {
  refuseLonger(message, limit);
  const text = foldText(message);
  refuseLonger(text, limit);
  if (text === '') throw new AnswerboxError(message.trim() === '' ? 'question_empty' : 'question_not_text');
  if (!/[\p{L}\p{N}]/u.test(text) || /\uFFFD{2,}/.test(text)) throw new AnswerboxError('question_not_text');
  return text;
}

function refuseLonger(text: string, limit: number): void {
  if (text.length > limit) throw new AnswerboxError('question_too_long', { found: text.length, limit });
}
