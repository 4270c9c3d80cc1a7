import { describe, expect, it } from 'vitest';
import { compareAnswers, type ScoredLine } from './compare-answers.ts';

function line(q: string, changes: Partial<ScoredLine> = {}): ScoredLine {
  return {
    q,
    answerable: true,
    doc_ids: ['d'],
    answers: ['60 days'],
    outcome: 'answered',
    mode: 'extractive',
    answer: 'Within 60 days. [1]',
    exact_match: 0,
    f1: 0.5,
    contains_answer: true,
    cited_document_right: true,
    sentences: [{ supported: true }],
    total_ms: 100,
    first_text_ms: 90,
    ...changes,
  };
}
const refused: Partial<ScoredLine> = {
  outcome: 'declined',
  contains_answer: false,
  f1: 0,
  answer: 'I cannot find that.',
  sentences: [],
  cited_document_right: false,
};
const questions = (count: number, changes: (index: number) => Partial<ScoredLine>): ScoredLine[] =>
  Array.from({ length: count }, (_, index) => line(`question ${index}`, changes(index)));
const metricOf = (report: ReturnType<typeof compareAnswers>, name: string) =>
  report.metrics.find(({ metric }) => metric === name)!;

describe('compareAnswers', () => {
  it('says that twelve refusals less are beyond chance, and which questions changed', () => {
    const a = questions(40, (index) => (index < 12 ? refused : {}));
    const b = questions(40, () => ({}));
    const report = compareAnswers({ name: 'old', lines: a }, { name: 'new', lines: b });
    expect(metricOf(report, 'false_refusals')).toMatchObject({
      a: 0.3,
      b: 0,
      difference: -0.3,
      better: 'b',
      beyond_chance: true,
    });
    expect(metricOf(report, 'false_refusals').p).toBeCloseTo(2 / 2 ** 12, 4);
    expect(metricOf(report, 'contains_answer')).toMatchObject({ better: 'b', beyond_chance: true });
    expect(report.changed).toHaveLength(12);
    expect(report.changed[0]).toMatchObject({
      q: 'question 0',
      outcome: ['declined', 'answered'],
      changes: expect.arrayContaining(['+contains_answer', '+false_refusals']) as unknown,
    });
  });

  it('takes three questions more each way for chance', () => {
    const a = questions(40, (index) => (index < 3 ? refused : {}));
    const b = questions(40, (index) => (index >= 3 && index < 7 ? refused : {}));
    const report = compareAnswers({ name: 'old', lines: a }, { name: 'new', lines: b });
    expect(metricOf(report, 'false_refusals')).toMatchObject({ beyond_chance: false, better: null });
    expect(report.changed).toHaveLength(7);
  });

  it('counts each metric over the questions it is about', () => {
    const lines = [
      line('one'),
      line('two', { answerable: false, answers: [], outcome: 'declined' }),
      line('three', refused),
    ];
    const report = compareAnswers({ name: 'a', lines }, { name: 'b', lines });
    expect(metricOf(report, 'contains_answer').questions).toBe(2);
    expect(metricOf(report, 'false_answers').questions).toBe(1);
    expect(metricOf(report, 'cited_document_right').questions).toBe(1);
    expect(report.changed).toEqual([]);
    expect(report.metrics.every(({ beyond_chance }) => !beyond_chance)).toBe(true);
  });

  it('pairs by question whatever the order, leaves out what one lacks, and refuses strangers', () => {
    const a = questions(5, () => ({}));
    const b = [...questions(4, () => ({}))].reverse();
    expect(compareAnswers({ name: 'a', lines: a }, { name: 'b', lines: b })).toMatchObject({
      questions: 4,
      unmatched: 1,
      changed: [],
    });
    expect(() => compareAnswers({ name: 'a', lines: a }, { name: 'b', lines: [line('else')] })).toThrow(
      'no question in common',
    );
  });

  it('tests times by their differences: 30 ms slower throughout is beyond chance, noise is not', () => {
    const a = questions(30, (index) => ({ total_ms: 100 + ((index * 37) % 50) }));
    const slower = questions(30, (index) => ({ total_ms: 130 + ((index * 37) % 50) }));
    const noisy = questions(30, (index) => ({ total_ms: 100 + ((index * 17) % 50) }));
    const compare = (b: ScoredLine[]) =>
      metricOf(compareAnswers({ name: 'a', lines: a }, { name: 'b', lines: b }), 'total_ms');
    expect(compare(slower)).toMatchObject({ difference: 30, better: 'a', beyond_chance: true });
    expect(compare(noisy)).toMatchObject({ beyond_chance: false });
  });
});
