import { describe, expect, it } from 'vitest';
import { previewSettings } from '../answer/decide/preview-settings.ts';
import { createTraceRecorder } from '../answer/trace/trace-recorder.ts';
import { TRACE } from '../answer/trace/trace-settings.ts';
import type { TracedDraft } from '../answer/trace/trace-types.ts';
import { compareAnswers, type ScoredLine } from '../evaluate/compare-answers.ts';
import { exampleAnswer } from '../testing/example-answer.ts';
import { compareTable } from './compare-table.ts';
import { previewTable } from './preview-table.ts';
import { traceText } from './trace-text.ts';

const VERSIONS = {
  program: '1.0.0',
  embedder: 'embedder@1',
  reader: 'reader@1',
  verifier: null,
  generator: 'generator@1',
  large_generator: null,
  intents: 'intents@1',
  sources: 'abc',
  confidence: 'fit',
};
const DRAFT: TracedDraft = {
  writer: 'large',
  generator: 'second@1',
  chosen: 'parts',
  prompt: { system: 'You answer customers.', user: '[1] Returns\n\nQuestion: How long?' },
  milliseconds: 812,
  ended: 'not_the_answer',
  sentences: [
    {
      text: 'Boots can go back within 60 days.',
      cited: [1],
      shown: true,
      why: 'shown',
      checks: [
        { chunk: 7, rules: 'number', verifier: null },
        { chunk: 8, rules: 'held', verifier: 0.97 },
      ],
    },
    { text: 'They cost €5.', cited: [1], shown: false, why: 'not_held', checks: [] },
  ],
};

function record(draft: TracedDraft) {
  const recorder = createTraceRecorder();
  recorder.stage('retrieve', 12.34, 5.67);
  recorder.draft('How long?', draft);
  recorder.call('generator', 20, 0.5);
  recorder.call('generator', 10, 0.25);
  recorder.handedOver('tool_failure');
  return recorder.finish(exampleAnswer({ outcome: 'handed_off' }), VERSIONS);
}

describe('a trace', () => {
  it('sums the models’ calls and keeps the reason of a hand-over', () => {
    const trace = record(DRAFT);
    expect(trace.compute).toEqual([{ model: 'generator', calls: 2, items: 30, seconds: 0.75 }]);
    expect(trace).toMatchObject({ compute_seconds: 0.75, decision: { reason: 'tool_failure' }, cut: [] });
  });

  it('stays within its bytes and says what was cut', () => {
    const many = Array.from({ length: 3_000 }, () => DRAFT.sentences[0]!);
    const trace = record({ ...DRAFT, sentences: many });
    expect(Buffer.byteLength(JSON.stringify(trace))).toBeLessThan(TRACE.bytes);
    expect(trace.cut).toContain('drafts');
  });

  it('is told in the order of the path, with the checks of each sentence', () => {
    const text = traceText(record(DRAFT));
    expect(text).toContain('✓ Boots can go back within 60 days. [1] shown');
    expect(text).toContain('Draft by large, second (parts), 812 ms, ended: not_the_answer');
    expect(text).toContain('passage 7: rules number');
    expect(text).toContain('passage 8: rules held, verifier 0.97');
    expect(text).toContain('✗ They cost €5. [1] not_held');
    expect(text).toContain('| Question: How long?');
    expect(text).toContain('reason tool_failure');
    expect(text.indexOf('Searched for')).toBeLessThan(text.indexOf('Decision'));
  });
});

describe('the preview', () => {
  it('has a row a setting, and says what is missing for a promise', () => {
    const sample = Array.from({ length: 200 }, (_, index) => ({
      confidence: index / 200,
      right: index >= 60,
      answerable: index >= 40,
      intent: null,
    }));
    const text = previewTable(
      previewSettings(sample, { decline: 0.3, caveat: 0.6 }, { rates: [0, 0.005, 0.1] }),
    );
    expect(text).toContain('200 labelled questions, 160 of them answerable');
    expect(text).toMatch(/as fitted {2}40\.0 \(/);
    expect(text).toMatch(/ 10\.0 .* 0\.0 \(0\.0–/);
    expect(text).toContain('0.5 needs 1196');
  });
});

describe('the comparison', () => {
  it('names the better one beyond chance, and the questions that changed', () => {
    const line = (q: string, contains: boolean): ScoredLine => ({
      q,
      answerable: true,
      doc_ids: [],
      answers: ['x'],
      outcome: contains ? 'answered' : 'declined',
      mode: 'extractive',
      answer: 'x',
      exact_match: 0,
      f1: contains ? 1 : 0,
      contains_answer: contains,
      cited_document_right: false,
      sentences: [],
      total_ms: 10,
      first_text_ms: null,
    });
    const lines = (from: number) =>
      Array.from({ length: 30 }, (_, index) => line(`q${index}`, index >= from));
    const report = compareAnswers({ name: 'old', lines: lines(12) }, { name: 'new', lines: lines(0) });
    const text = compareTable(report);
    expect(text).toMatch(/contains_answer .* yes, b better/);
    expect(text).toMatch(/total_ms .* no\n/);
    expect(text).toContain('12 questions changed');
    expect(text).toContain(
      'declined → answered | +contains_answer +f1 +false_refusals | q0'.replace(' +f1', ''),
    );
  });
});
