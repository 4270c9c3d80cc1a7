import type { Answer, Citation } from '../answer/answer-types.ts';
import { answerSentences, withoutMarks, type ShownSentence } from './answer-sentences.ts';
import { shownAnswer, type AskedQuestion } from './ask-question.ts';
import type { EvaluationQuestion } from './evaluation-types.ts';
import { independentSupport, type CitedPassage, type Support } from './independent-support.ts';
import { bestOf, containsAnswer, exactMatch, tokenF1 } from './squad-metrics.ts';

export interface JudgedSentence extends ShownSentence, Support {}

export interface ScoredAnswer extends AskedQuestion {
  question: EvaluationQuestion;
  answered: boolean;
  /** Shown text without citation marks; empty when nothing was answered. */
  text: string;
  exactMatch: number;
  f1: number;
  contains: boolean;
  /** Citations whose quote is exactly what stands at their place in the document. */
  verbatim: number;
  citedRight: boolean;
  sentences: JudgedSentence[];
}

/** What scoring needs to know of the documents. */
export interface DocumentLookup {
  docIdOf: (documentId: string) => string | undefined;
  textOf: (documentId: string) => Promise<string | null>;
}

export async function scoreAnswer(
  question: EvaluationQuestion,
  asked: AskedQuestion,
  lookup: DocumentLookup,
): Promise<ScoredAnswer> {
  const shown = shownAnswer(asked.answer);
  const text = shown ? withoutMarks(shown.answer) : '';
  const passages = await citedPassages(shown?.citations ?? [], lookup);
  return {
    ...asked,
    question,
    answered: shown !== null,
    text,
    exactMatch: bestOf(question.answers, (gold) => (shown && exactMatch(text, gold) ? 1 : 0)),
    f1: bestOf(question.answers, (gold) => (shown ? tokenF1(text, gold) : 0)),
    contains: question.answers.some((gold) => containsAnswer(text, gold)),
    verbatim: [...passages.values()].filter(({ verbatim }) => verbatim).length,
    citedRight: [...passages.values()].some(
      ({ docId }) => docId !== undefined && question.docIds.includes(docId),
    ),
    sentences: shown ? judgeSentences(shown, passages) : [],
  };
}

type Passage = CitedPassage & { verbatim: boolean; docId: string | undefined };

async function citedPassages(
  citations: readonly Citation[],
  lookup: DocumentLookup,
): Promise<Map<number, Passage>> {
  const passages = new Map<number, Passage>();
  for (const { index, document_id: id, quote, start, end } of citations) {
    const text = (await lookup.textOf(id)) ?? '';
    passages.set(index, {
      text,
      start,
      end,
      verbatim: quote !== '' && text.slice(start, end) === quote,
      docId: lookup.docIdOf(id),
    });
  }
  return passages;
}

function judgeSentences({ answer }: Answer, passages: ReadonlyMap<number, Passage>): JudgedSentence[] {
  return answerSentences(answer).map((sentence) => {
    const cited = sentence.cited.flatMap((index) => passages.get(index) ?? []);
    return { ...sentence, ...independentSupport(sentence.text, cited) };
  });
}
