import type { WhyNot } from '../api/knowledge-types.ts';
import { translate, translateValue } from '../translate.ts';

const score = (value: number): string => value.toFixed(3);

/** In sentences, the verdict first: what kept a document back, and by how much. */
export function explainWhyNot(why: WhyNot): string[] {
  const {
    verdict,
    excluded_by: by,
    keyword,
    vector,
    fused_rank: fused,
    reranked_rank: read,
    relevance,
  } = why;
  if (verdict === 'no_text') return [translate('why.no_text')];
  if (verdict === 'excluded') return [translate('why.excluded', { by: translateValue('why_by', by ?? '') })];
  const lines = [
    verdict === 'read'
      ? translate('why.read', { rank: read ?? 0 })
      : verdict === 'candidate'
        ? translate('why.candidate', { rank: fused ?? 0 })
        : translate('why.not_near'),
  ];
  if (keyword === null) lines.push(translate('why.no_word'));
  else {
    const needed = keyword.needed === null ? '' : translate('why.needed', { needed: score(keyword.needed) });
    lines.push(`${translate('why.keyword', { rank: keyword.rank, score: score(keyword.score) })}${needed}`);
  }
  if (vector === null) lines.push(translate('why.no_vector'));
  else {
    const needed = vector.needed === null ? '' : translate('why.needed', { needed: score(vector.needed) });
    lines.push(`${translate('why.vector', { score: score(vector.score) })}${needed}`);
  }
  if (relevance !== null) lines.push(translate('why.relevance', { score: score(relevance) }));
  return lines;
}
