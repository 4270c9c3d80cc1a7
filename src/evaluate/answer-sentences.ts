import { sayIn } from '../messages/say.ts';
import { splitSentences } from '../text/split-sentences.ts';

export interface ShownSentence {
  text: string;
  /** Numbers of the citations that stand behind it. */
  cited: number[];
}

const MARKS = /(?:\s*\[\d+\])+/g;
const [OPEN_PART, OPEN_PART_END = ''] = sayIn('en')('openPart', { part: '\u0000' }).split('\u0000') as [
  string,
  string?,
];

/** The text without citation marks, as it is scored. */
export function withoutMarks(answer: string): string {
  return answer.replace(MARKS, '').trim();
}

/**
 * The sentences of an answer with the marks that follow them: marks count for all sentences since the
 * ones before. What the product says in its own words (that a part is open) is left out.
 */
export function answerSentences(answer: string): ShownSentence[] {
  const sentences: ShownSentence[] = [];
  let from = 0;
  for (const match of answer.matchAll(MARKS)) {
    const cited = [...match[0].matchAll(/\d+/g)].map(([number]) => Number(number));
    sentences.push(...sentencesOf(answer.slice(from, match.index), cited));
    from = match.index + match[0].length;
  }
  return [...sentences, ...sentencesOf(withoutFixedTexts(answer.slice(from)), [])];
}

function sentencesOf(text: string, cited: number[]): ShownSentence[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .map((sentence) => ({ text: sentence, cited }));
}

function withoutFixedTexts(text: string): string {
  let rest = text;
  for (let start = rest.indexOf(OPEN_PART); start >= 0; start = rest.indexOf(OPEN_PART)) {
    const end = rest.indexOf(OPEN_PART_END, start + OPEN_PART.length);
    rest = rest.slice(0, start) + (end < 0 ? '' : rest.slice(end + OPEN_PART_END.length));
  }
  return rest;
}
