import type { DocumentFilter } from '../stores/contracts.ts';
import { cleanQuestion } from '../understand/clean-question.ts';
import type { DetectLanguage } from '../understand/detect-language.ts';
import { modelsCover } from '../understand/models-read.ts';
import { asks } from '../understand/split-parts.ts';
import { standaloneQuestion, type HistoryMessage } from '../understand/standalone-question.ts';
import type { Guard } from '../guard/guard.ts';
import { askedParts } from './asked-forms.ts';
import { courtesyIn, wantsPersonIn } from './courtesy-words.ts';
import type { Question } from './path-types.ts';
import { withoutPleasantry } from './without-pleasantry.ts';

const PERSON =
  /\b(?:speak|talk|chat|connect|pass|put)\b.{0,25}\b(?:to|with|through)\b.{0,20}\b(?:person|human|agent|someone|somebody|staff|representative|advisor|colleague)\b|\b(?:real|actual|live)\s+(?:person|human|agent)\b|^(?:human|agent|person)[.!?]*$/i;

/**
 * Cleans the text of a question, tells its language, puts a follow-up into words that stand alone, and finds
 * its parts.
 * @param limit characters
 * @param history what was said before, oldest first
 * @throws question_empty, question_too_long, question_not_text
 */
export function preprocessQuestion(
  message: string,
  limit: number,
  {
    history: said = [],
    detectLanguage,
    filter = {},
    guard,
  }: {
    history?: readonly HistoryMessage[];
    detectLanguage?: DetectLanguage;
    filter?: DocumentFilter;
    guard?: Pick<Guard, 'questionOf' | 'harmIn' | 'whyWithheld'>;
  } = {},
): Question {
  const text = cleanQuestion(message, limit);
  const detected = detectLanguage?.(text, spokenBefore(said, detectLanguage));
  const language = detected?.language ?? 'en';
  // What commands the assistant is no question, here and in what was said before.
  const plain = guard?.questionOf(text) ?? text;
  const history = said.map((message) => ({
    ...message,
    text: guard?.questionOf(message.text) ?? message.text,
  }));
  const put = withoutPleasantry(plain);
  const asked = standaloneQuestion(put, history, { language });
  return {
    text,
    standalone: asked.standalone,
    parts: askedParts(asked, put, history),
    key: keyOf(asked.standalone),
    filter,
    lastAnswer: history.findLast(({ role }) => role === 'assistant')?.text ?? '',
    language,
    readable: modelsCover(text, detected),
    wantsPerson: PERSON.test(text) || wantsPersonIn(text),
    smallTalk: courtesyIn(text),
    harm: guard?.harmIn(text) ?? null,
    commands: plain !== text && !/[\p{L}\p{N}]/u.test(plain),
    mayEcho: plain === text && (guard?.whyWithheld(text, text) ?? null) === null,
    asks: asks(text),
  };
}

/** Same for questions that differ in case, spacing and punctuation alone. */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The language of the customer's last message but one: a short one ("ok?") goes on in it. */
function spokenBefore(history: readonly HistoryMessage[], detect: DetectLanguage): string | undefined {
  const last = history.findLast(({ role }) => role === 'customer');
  const language = last && detect(last.text).language;
  return language === 'und' ? undefined : language;
}
