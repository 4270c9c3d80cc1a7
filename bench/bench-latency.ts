import { STAGES, type RequestedMode, type Timings } from '../src/answer/answer-types.ts';
import { RERANKING, RETRIEVAL } from '../src/answer/answer-settings.ts';
import { askQuestion, shownAnswer } from '../src/evaluate/ask-question.ts';
import type { EvaluationApp } from '../src/evaluate/open-evaluation-app.ts';
import type { Bench, BenchContext, BenchRow } from './bench-types.ts';
import { megabytes, quantile, spreadOf } from './measure.ts';
import { SHOP_DOCUMENTS, shopQuestions, withBenchApp } from './shop-files.ts';

const MODES: RequestedMode[] = ['auto', 'extractive'];
type Measured = keyof Timings;
const MEASURED: Measured[] = [...STAGES.filter((stage) => stage !== 'intent'), 'total'];

interface Run {
  times: Timings[];
  modes: string[];
  characters: number[];
}

export const benchLatency: Bench = {
  name: 'latency',
  about: 'answers to the demo questions, one after another: each stage and the whole',
  run: async (context) => {
    const questions = await shopQuestions(context.quick ? 10 : 40);
    const runs = context.quick ? 2 : 3;
    return withBenchApp([SHOP_DOCUMENTS], context, async (evaluation) => {
      const rows: BenchRow[] = [];
      const notes = [
        `${questions.length} questions × ${runs} runs a mode, one at a time; p50 and p95 in ms are the median (min…max) over the runs`,
        `${evaluation.documents} documents, ${evaluation.chunks} chunks; ${RETRIEVAL.candidates} candidates a search, ${RERANKING.least} to ${RERANKING.most} read`,
        'first_token is from the question to the first text shown; generate and verify are of the questions that were drafted',
      ];
      for (const mode of MODES) {
        const measured = await runMode(mode, questions, runs, evaluation, context);
        rows.push(...stageRows(mode, measured));
        notes.push(textNote(mode, measured));
      }
      const { residentBytes } = evaluation.app.models.health();
      notes.push(
        `memory: this process ${megabytes(process.memoryUsage().rss)} MB, model process ${megabytes(residentBytes)} MB`,
      );
      return { rows, notes };
    });
  },
};

async function runMode(
  mode: RequestedMode,
  questions: readonly string[],
  runs: number,
  { app }: EvaluationApp,
  { signal, say }: BenchContext,
): Promise<Run[]> {
  await askQuestion(app, questions[0] ?? '', mode, signal);
  const measured: Run[] = [];
  for (let index = 0; index < runs; index++) {
    say(`latency: ${mode}, run ${index + 1} of ${runs}`);
    const run: Run = { times: [], modes: [], characters: [] };
    for (const question of questions) {
      const { answer } = await askQuestion(app, question, mode, signal);
      if (!answer) continue;
      run.times.push(answer.timings_ms);
      run.modes.push(shownAnswer(answer)?.mode ?? answer.outcome);
      run.characters.push(answer.answer.length);
    }
    measured.push(run);
  }
  return measured;
}

function stageRows(mode: RequestedMode, runs: readonly Run[]): BenchRow[] {
  return MEASURED.flatMap((stage) => {
    // A stage that did not run has the time 0 and would hide those where it did.
    const perRun = runs.map(({ times }) => times.map((time) => time[stage]).filter((time) => time > 0));
    if (perRun.every((values) => values.length === 0)) return [];
    return [
      {
        mode,
        stage,
        p50_ms: spreadOf(perRun.map((values) => quantile(values, 0.5))),
        p95_ms: spreadOf(perRun.map((values) => quantile(values, 0.95))),
        questions: perRun[0]?.length ?? 0,
      },
    ];
  });
}

function textNote(mode: RequestedMode, [run]: readonly Run[]): string {
  const counts = new Map<string, number>();
  for (const outcome of run?.modes ?? []) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const outcomes = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  return `${mode}: ${outcomes}; median answer ${quantile(run?.characters ?? [], 0.5)} characters`;
}
