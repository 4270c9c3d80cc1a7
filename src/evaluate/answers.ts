import type { FileHandle } from 'node:fs/promises';
import type { RequestedMode } from '../answer/answer-types.ts';
import { throwIfCancelled } from '../errors.ts';
import { askQuestion } from './ask-question.ts';
import type { EvaluationOptions, EvaluationQuestion } from './evaluation-types.ts';
import { describeAnswer } from './describe-answer.ts';
import { answerToolsOf } from './label-signals.ts';
import { warnOfMissing, withEvaluationApp, type EvaluationApp } from './open-evaluation-app.ts';
import { openOutFile } from './open-out-file.ts';
import { readQuestions } from './read-questions.ts';
import { reportAnswers, type AnswersReport } from './report-answers.ts';
import { scoreAnswer, type ScoredAnswer } from './score-answer.ts';

export interface AnswersOptions extends EvaluationOptions {
  mode?: RequestedMode | undefined;
  /** File for a line a question with everything that was scored. */
  out?: string | undefined;
}

/**
 * Asks every question as a new customer, after the earlier turns that it names (`history`), and scores what
 * was shown. With `unchecked` the generator's sentences are shown as they come, to measure what the checks are worth.
 * @throws evaluation_file_invalid, cancelled, usage when `out` cannot be written
 */
export async function evaluateAnswers(options: AnswersOptions): Promise<AnswersReport> {
  const { limit, signal, onWarning } = options;
  const questions = await readQuestions(options.questions, { limit, signal });
  const out = options.out === undefined ? null : await openOutFile(options.out);
  try {
    return await withEvaluationApp(options, async (evaluation) => {
      warnOfMissing(questions, evaluation, onWarning);
      return reportAnswers(await askAll(questions, evaluation, options, out), {
        unchecked: options.unchecked,
      });
    });
  } finally {
    await out?.close();
  }
}

async function askAll(
  questions: readonly EvaluationQuestion[],
  evaluation: EvaluationApp,
  { mode = 'auto', signal = new AbortController().signal, onProgress }: AnswersOptions,
  out: FileHandle | null,
): Promise<ScoredAnswer[]> {
  const { app, docIdOf } = evaluation;
  const { tokens } = answerToolsOf(app);
  const lookup = { docIdOf, textOf: (id: string) => app.knowledge.getText(id) };
  const scored: ScoredAnswer[] = [];
  // The first question after loading pays for caches that later ones find filled.
  await askQuestion(app, questions[0]?.text ?? '', mode, signal);
  for (const question of questions) {
    throwIfCancelled(signal);
    const conversationId = await app.startConversation(question.history);
    const asked = await askQuestion(app, question.text, mode, signal, conversationId);
    const one = await scoreAnswer(question, asked, lookup);
    scored.push(one);
    if (out) await out.write(`${JSON.stringify(await describeAnswer(one, evaluation, tokens, signal))}\n`);
    onProgress?.('Asking', scored.length, questions.length);
  }
  return scored;
}
