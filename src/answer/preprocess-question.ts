import { cleanQuestion } from '../understand/clean-question.ts';
import { modelsRead } from '../understand/models-read.ts';
import { asks, splitParts } from '../understand/split-parts.ts';
import type { Question } from './path-types.ts';

const PERSON =
  /\b(?:speak|talk|chat|connect|pass|put)\b.{0,25}\b(?:to|with|through)\b.{0,20}\b(?:person|human|agent|someone|somebody|staff|representative|advisor|colleague)\b|\b(?:real|actual|live)\s+(?:person|human|agent)\b|^(?:human|agent|person)[.!?]*$/i;

/**
 * Cleans the text of a question and finds its parts.
 * @throws question_empty, question_too_long, question_not_text
 */
export function preprocessQuestion(message: string, limit: number): Question {
  const text = cleanQuestion(message, limit);
  return {
    text,
    parts: splitParts(text),
    key: text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
    readable: modelsRead(text),
    wantsPerson: PERSON.test(text),
    asks: asks(text),
  };
}
