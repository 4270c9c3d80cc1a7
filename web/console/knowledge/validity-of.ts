import type { KnowledgeDocument } from '../api/knowledge-types.ts';

/** Whether a document holds now, by its dates; what does not is never answered from. */
export function validityOf(
  { valid_from: from, valid_until: until }: Pick<KnowledgeDocument, 'valid_from' | 'valid_until'>,
  now: Date,
): 'valid' | 'upcoming' | 'expired' {
  const at = now.toISOString();
  if (from !== null && from > at) return 'upcoming';
  return until !== null && until <= at ? 'expired' : 'valid';
}
