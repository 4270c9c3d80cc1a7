import { AnswerboxError } from '../errors.ts';
import { boundPattern } from './check-pattern.ts';
import type { EntityPatterns } from './entity-types.ts';

/** Ready to run: flags "giu", whole words only, every repetition bounded. */
export interface CompiledPatterns {
  productCode: readonly RegExp[];
  orderNumber: readonly RegExp[];
}

/** Patterns of one kind; more would be a list of products, which the catalogue is for. */
const MOST_PATTERNS = 20;

/** @throws entity_pattern_invalid naming the pattern and what is wrong with it */
export function compileEntityPatterns(patterns: EntityPatterns): CompiledPatterns {
  return {
    productCode: compileAll('product code', patterns.productCode),
    orderNumber: compileAll('order number', patterns.orderNumber),
  };
}

function compileAll(kind: string, patterns: readonly string[]): RegExp[] {
  if (patterns.length > MOST_PATTERNS) {
    const reason = `there are ${patterns.length} patterns, at most ${MOST_PATTERNS} are taken`;
    throw new AnswerboxError('entity_pattern_invalid', { kind, pattern: patterns[MOST_PATTERNS]!, reason });
  }
  return patterns.map((pattern) => {
    const checked = boundPattern(pattern);
    if ('reason' in checked)
      throw new AnswerboxError('entity_pattern_invalid', { kind, pattern, reason: checked.reason });
    // A hyphen before is part of a longer code; behind, a range of letters or digits would be.
    return new RegExp(
      `(?<![\\p{L}\\p{N}_-])(?:${checked.bounded})(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])`,
      'giu',
    );
  });
}
