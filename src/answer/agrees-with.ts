import type { CallOptions, Reader } from '../inference/contracts.ts';
import type { AnswerCandidate } from './answer-cache.ts';
import { NEAR_ANSWERS } from './reuse-settings.ts';
import { evidenceFitsBoth, haveSameDetails } from './same-details.ts';

/**
 * May the answer to a near question be served for this one? First the rules: numbers, codes, names and negations
 * of both are the same, and the evidence does not tell them apart. Then the reader: a sentence that the answer
 * cites holds the answer to the new question. Nothing cited, nothing served.
 * @throws model_failed, models_unavailable, overloaded, cancelled
 */
export async function agreesWith(
  candidate: AnswerCandidate,
  question: string,
  reader: Reader,
  options: CallOptions = {},
): Promise<boolean> {
  const { citations } = candidate.answer;
  if (citations.length === 0 || !haveSameDetails(candidate.question, question)) return false;
  const evidence = citations.map(({ title, quote }) => `${title}\n${quote}`).join('\n');
  if (!evidenceFitsBoth(question, candidate.question, evidence)) return false;
  const readings = await reader.read(
    question,
    citations.map(({ title, quote }) => ({
      heading: title,
      text: quote,
      sentences: [{ start: 0, end: quote.length }],
    })),
    options,
  );
  return readings.some(({ answerable }) => answerable >= NEAR_ANSWERS.answerableFloor);
}
