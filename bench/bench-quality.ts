import { evaluateAnswers } from '../src/evaluate/answers.ts';
import type { EvaluationOptions } from '../src/evaluate/evaluation-types.ts';
import { evaluateRetrieval } from '../src/evaluate/retrieval.ts';
import type { Bench, BenchResult, BenchRow } from './bench-types.ts';
import { FOREIGN_PASSAGES, SHOP_DOCUMENTS, SHOP_TEST_QUESTIONS } from './shop-files.ts';

export const benchQuality: Bench = {
  name: 'quality',
  about:
    'the demo shop’s test questions: retrieval alone and among 5,000 foreign passages, answers in both modes',
  run: async ({ quick, signal, say }) => {
    const shared = { questions: SHOP_TEST_QUESTIONS, signal, ...(quick && { limit: 20 }) };
    const result: BenchResult = {
      rows: [],
      notes: [
        'the test half of the demo questions: nothing was tuned on it',
        'rates 0…1, times in ms; one run, since it gives the same answers every time',
      ],
    };
    const mixtures: [string, string[]][] = [['shop', [SHOP_DOCUMENTS]]];
    if (!quick) mixtures.push(['shop and 5,000 foreign passages', [SHOP_DOCUMENTS, FOREIGN_PASSAGES]]);
    for (const [name, documents] of mixtures) {
      say(`quality: retrieval, ${name}`);
      result.rows.push(...(await retrievalRows(name, { ...shared, documents })));
    }
    for (const mode of ['auto', 'extractive'] as const) {
      say(`quality: answers, ${mode}`);
      const report = await evaluateAnswers({ ...shared, documents: [SHOP_DOCUMENTS], mode });
      const entries = Object.entries(report) as [string, string | number | null][];
      const rows = entries.map(([measure, value]) => ({
        of: `answers, ${mode}`,
        measure,
        value,
      }));
      result.rows.push(...rows);
    }
    return result;
  },
};

async function retrievalRows(name: string, options: EvaluationOptions): Promise<BenchRow[]> {
  const { stages, chunks } = await evaluateRetrieval(options);
  return Object.entries(stages).flatMap(([stage, report]) =>
    (Object.entries(report) as [string, number | null][]).map(([measure, value]) => ({
      of: `${name} (${chunks} chunks), ${stage}`,
      measure,
      value,
    })),
  );
}
