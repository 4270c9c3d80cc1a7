import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadConfig } from '../config.ts';
import { evaluateAnswers } from './answers.ts';
import { loadFittedConfidence } from '../answer/decide/fitted-confidence.ts';
import { evaluateCompare } from './compare.ts';
import { evaluateFit } from './fit-confidence.ts';
import { evaluatePreview } from './preview.ts';
import { evaluateRetrieval } from './retrieval.ts';

const TEXTS: Record<string, [title: string, text: string]> = {
  returns: ['Returns', 'You can return unworn shoes within 60 days. The refund takes 5 working days.'],
  delivery: [
    'Delivery',
    'Standard delivery within Germany costs €4.90. Parcels arrive after two to three working days.',
  ],
  hours: [
    'Opening hours',
    'The store is open Monday to Saturday from 9:00 to 18:30. On Sundays it is closed.',
  ],
  payment: ['Payment', 'We accept credit cards, PayPal and bank transfer. Cash is taken in the store only.'],
  warranty: [
    'Warranty',
    'Rucksacks have a warranty of 5 years. Zips are repaired free of charge during that time.',
  ],
  gifts: ['Gift cards', 'A gift card is valid for 3 years. It can be sent by e-mail or by post.'],
};
const QUESTIONS = [
  { q: 'How long can I return shoes?', doc_id: 'returns', answers: ['60 days'] },
  { q: 'What does standard delivery within Germany cost?', doc_id: 'delivery', answers: ['€4.90'] },
  { q: 'How long is the warranty on rucksacks?', doc_id: 'warranty', answers: ['5 years'] },
  { q: 'Who won the football match yesterday in Lisbon?', answers: [] },
];

let folder: string;
let files: { documents: string[]; questions: string; config: ReturnType<typeof loadConfig>['config'] };
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-test-'));
  // The evaluation's own folders are made here, so that what it leaves behind is its own.
  vi.stubEnv('TMPDIR', folder);
  const lines = Object.entries(TEXTS).map(([doc_id, [title, text]]) =>
    JSON.stringify({ doc_id, title, text }),
  );
  writeFileSync(join(folder, 'documents.jsonl'), lines.join('\n'));
  writeFileSync(join(folder, 'questions.jsonl'), QUESTIONS.map((line) => JSON.stringify(line)).join('\n'));
  files = {
    documents: [join(folder, 'documents.jsonl')],
    questions: join(folder, 'questions.jsonl'),
    config: loadConfig({ environment: { ANSWERBOX_DATA_DIR: join(folder, 'untouched') } }).config,
  };
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const leftBehind = (): string[] => readdirSync(folder).filter((name) => name.startsWith('answerbox-eval-'));

it('finds each document first, at every stage, in a store of its own', async () => {
  const report = await evaluateRetrieval(files);
  expect(report).toMatchObject({ questions: 3, documents: 6, chunks: 6 });
  expect(Object.keys(report)).toEqual(['questions', 'documents', 'chunks', 'index_seconds', 'stages']);
  for (const stage of ['bm25', 'vector', 'hybrid', 'reranked'] as const) {
    expect(report.stages[stage]).toMatchObject({ 'recall@1': 1, 'mrr@10': 1, 'precision@5': 0.2 });
    expect(report.stages[stage].p50_ms).toBeGreaterThan(0);
  }
  expect(report.stages.reranked.p50_ms).toBeGreaterThan(report.stages.hybrid.p50_ms ?? Infinity);
  expect(leftBehind()).toEqual([]);
  expect(readdirSync(folder)).not.toContain('untouched');
});

it('finds and reads error codes and part numbers, however they are written', async () => {
  const codes = 'models/training/dev/codes';
  const set = { ...files, documents: [`${codes}/documents`], questions: `${codes}/questions.jsonl` };
  const { stages } = await evaluateRetrieval(set);
  // 0.94 for the hybrid, and 0.946 for what is reranked, before codes counted for themselves.
  expect(stages.hybrid['mrr@10']).toBeGreaterThan(0.97);
  expect(stages.reranked['mrr@10']).toBeGreaterThan(0.97);
  const report = await evaluateAnswers({ ...set, mode: 'extractive' });
  expect(report.citations_verbatim).toBe(1);
  expect(report.unsupported_sentences).toBeLessThan(0.02);
  // 0.56, 0.16 and 0.26 before.
  expect(report.contains_answer).toBeGreaterThan(0.75);
  expect(report.false_answers).toBeLessThan(0.2);
  expect(report.false_refusals).toBeLessThan(0.15);
});

it('scores what customers would have been shown', async () => {
  const out = join(folder, 'out.jsonl');
  const report = await evaluateAnswers({ ...files, mode: 'extractive', out });
  expect(report).toMatchObject({
    questions: 4,
    citations_verbatim: 1,
    unsupported_sentences: 0,
    generated: 0,
  });
  expect(report.answered + report.declined).toBe(4);
  expect(report.contains_answer).toBeGreaterThanOrEqual(0.6);
  const lines = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ q }) => q)).toEqual(QUESTIONS.map(({ q }) => q));
  expect(lines[0]).toMatchObject({
    outcome: expect.any(String),
    gold_ranks: { reranked: 1 },
    signals: { answerable: expect.any(Number), sentence: expect.any(Number) },
  });
});

it('fits a confidence model and cancels cleanly', async () => {
  const fit = await evaluateFit(files);
  expect(fit).toMatchObject({ questions: 4, left_out: 0 });
  const cancelled = evaluateAnswers({ ...files, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(leftBehind()).toEqual([]);
});

it('keeps a fit that the next app answers by, and previews the owner’s error rates with it', async () => {
  const save = join(folder, 'fit', 'confidence.json');
  mkdirSync(join(folder, 'fit'));
  const fit = await evaluateFit({ ...files, save });
  expect(fit.saved).toBe(save);
  const { fitted, stale } = await loadFittedConfidence([join(folder, 'fit')], 'another reader');
  expect(fitted).toMatchObject({
    bias: fit.model.bias,
    weights: fit.model.weights,
    decline: fit.model.decline,
  });
  expect(fitted.sample).toHaveLength(4);
  expect(stale).toEqual([fitted.name]);
  const config = { ...files.config, data_dir: join(folder, 'fit') };
  const preview = await evaluatePreview({ ...files, config, rates: [0, 0.02] });
  expect(preview).toMatchObject({ confidence: fitted.name, questions: 4, answerable: 3 });
  // Four questions promise nothing at 2 %.
  expect(preview.rows[1]).toMatchObject({ most_wrong_answers: 0.02, caveat: null, promised: null });
});

it('measures the generator without its checks, and compares two configurations on the same questions', async () => {
  const unchecked = await evaluateAnswers({ ...files, mode: 'generated', unchecked: true });
  expect(unchecked.checks).toBe('off');
  const configs = ['a', 'b'].map((name) => {
    const path = join(folder, `${name}.json`);
    const settings = {
      generator: 'none',
      ...(name === 'b' && { most_wrong_answers: 0.001, answers_with_caveat: false }),
    };
    writeFileSync(path, JSON.stringify(settings));
    return path;
  });
  const report = await evaluateCompare({ ...files, a: configs[0]!, b: configs[1]! });
  expect(report).toMatchObject({ questions: 4, unmatched: 0 });
  // Nothing can be promised at 0.1 %, so the second one answers nothing.
  const refusals = report.metrics.find(({ metric }) => metric === 'false_refusals');
  expect(refusals).toMatchObject({ b: 1, beyond_chance: false });
  expect(report.changed.length).toBeGreaterThan(0);
});
