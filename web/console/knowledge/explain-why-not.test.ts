import { expect, it } from 'vitest';
import type { WhyNot } from '../api/knowledge-types.ts';
import { explainWhyNot } from './explain-why-not.ts';

const WHY: WhyNot = {
  verdict: 'not_near',
  excluded_by: null,
  passage: null,
  keyword: { rank: 77, score: 1.25, needed: 4.5 },
  vector: { score: 0.31, needed: 0.52 },
  fused_rank: null,
  reranked_rank: null,
  relevance: 0.02,
  answerable: 0.01,
};

it('says first what kept it back, then each stage with what was needed', () => {
  const lines = explainWhyNot(WHY);
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('77');
  expect(lines[1]).toContain('4.500');
  expect(lines[2]).toContain('0.310');
  expect(lines[3]).toContain('0.020');
});

it('says nothing of stages that were never reached', () => {
  expect(explainWhyNot({ ...WHY, verdict: 'excluded', excluded_by: 'dates' })).toHaveLength(1);
  expect(explainWhyNot({ ...WHY, verdict: 'no_text' })).toHaveLength(1);
});

it('tells a place that was reached, and words or models that are missing', () => {
  expect(explainWhyNot({ ...WHY, verdict: 'read', reranked_rank: 3 })[0]).toContain('3');
  expect(explainWhyNot({ ...WHY, verdict: 'candidate', fused_rank: 12 })[0]).toContain('12');
  const away = explainWhyNot({ ...WHY, keyword: null, vector: null, relevance: null });
  expect(away).toHaveLength(3);
});
