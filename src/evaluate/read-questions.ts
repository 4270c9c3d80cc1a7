import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import { QUESTION_LINE, type EvaluationQuestion, type QuestionLine } from './evaluation-types.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';

export interface QuestionChoice {
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Others are passed over and do not count towards the limit. */
  keep?: (question: EvaluationQuestion) => boolean;
}

/** The first questions of a file. @throws evaluation_file_invalid, also when none is left; cancelled */
export async function readQuestions(
  path: string,
  { limit = Infinity, signal, keep = () => true }: QuestionChoice = {},
): Promise<EvaluationQuestion[]> {
  const questions: EvaluationQuestion[] = [];
  let last = 0;
  for await (const { line, content } of readEvaluationFile(path, QUESTION_LINE, signal)) {
    throwIfCancelled(signal);
    last = line;
    const question = questionOf(content);
    if (keep(question)) questions.push(question);
    if (questions.length >= limit) break;
  }
  if (questions.length === 0) {
    throw new AnswerboxError('evaluation_file_invalid', {
      path,
      line: last,
      reason: 'no question that can be measured was found',
    });
  }
  return questions;
}

function questionOf(line: QuestionLine): EvaluationQuestion {
  const answers = line.answers?.filter((answer) => answer.trim() !== '');
  return {
    text: line.q,
    docIds: [...new Set([...(line.doc_id === undefined ? [] : [line.doc_id]), ...(line.doc_ids ?? [])])],
    answers: answers ?? [],
    answerable: line.answerable !== false && answers?.length !== 0,
    needsAll: line.needs_all ?? false,
    kind: line.kind ?? null,
    history: line.history ?? [],
  };
}
