/**
 * Where a text cannot be long enough for a polynomial expression to matter: by folder, the longest text that its
 * expressions see, characters. The first row that fits counts; what is in none may be of any length.
 */
export const BOUNDED: readonly { under: string; characters: number; reason: string }[] = [];

/** Expressions that the checker cannot decide, and why they are harmless. */
export const UNDECIDED: readonly { source: string; reason: string }[] = [];

/** Files that put expressions together from constants of ours when they are loaded: checked as they come out. */
export const COMPOSED_AT_LOAD: readonly string[] = [
  'src/answer/dialogue/customer-facts.ts',
  'src/answer/dialogue/yes-or-no.ts',
  'src/api/plugins/widget-access.ts',
  'src/catalogue/read-price-range.ts',
  'src/guard/attack-patterns.ts',
  'src/guard/harm-patterns.ts',
  'src/inference/word-pieces.ts',
  'src/knowledge/compare-sentences.ts',
  'src/knowledge/find-stale.ts',
  'src/shop/read-asked-dates.ts',
  'src/shop/read-hours-question.ts',
  'src/text/split-sentences.ts',
  'src/understand/find-amounts.ts',
  'src/understand/find-dates.ts',
  'src/understand/split-parts.ts',
];

/** Files that put them together later, and what keeps these harmless. */
export const COMPOSED_LATER: Readonly<Record<string, string>> = {
  'src/actions/http-dialogue.ts': 'of the owner, bounded by check-pattern',
  'src/answer/live/find-order.ts': 'a prefix of letters, escaped, before a number of bounded length',
  'src/backup/read-backup.ts': 'a constant, against a line of bounded length',
  'src/doctor/network-counters.ts': 'a constant, against a table of the kernel',
  'src/guard/guard-file.ts': 'of the owner, bounded by check-pattern',
  'src/stores/sqlite/person-mentions.ts': 'names and addresses, escaped, as alternatives',
  'src/understand/check-pattern.ts': 'what it is there to judge, against the empty text',
  'src/understand/entity-patterns.ts': 'of the owner, bounded by check-pattern',
};
