/**
 * How long a text may be that the expressions of a folder see, characters; the first row that fits counts, and what is
 * in none may be of any length. A polynomial expression is let pass where length to the power of its degree is small.
 */
export const BOUNDED: readonly { under: string; characters: number; reason: string }[] = [
  {
    under: 'src/ingest/parse/',
    characters: 1,
    reason:
      'a file of any length, in a process of its own: it is ended after its share of computing (parse-limits.ts), the file is refused, nobody else waits',
  },
  { under: 'src/understand/', characters: 4_000, reason: 'a question: max_question_characters' },
  { under: 'src/shop/', characters: 4_000, reason: 'a question' },
  { under: 'src/guard/', characters: 4_000, reason: 'a question, an answer or a passage' },
  { under: 'src/answer/', characters: 4_000, reason: 'a question, an answer or a passage' },
  { under: 'src/messages/', characters: 4_000, reason: 'words of ours' },
  { under: 'src/text/', characters: 4_000, reason: 'a question, a passage, or a window of 2,048 characters' },
  {
    under: 'src/inference/',
    characters: 4_000,
    reason: 'what a model is given or says: a passage, a sentence',
  },
  { under: 'src/knowledge/', characters: 4_000, reason: 'a sentence of a passage, or a question' },
  { under: 'src/sources/', characters: 4_000, reason: 'a setting or a value of a source of the owner' },
  { under: 'src/catalogue/', characters: 4_000, reason: 'a cell that is cut, or a question' },
  { under: 'src/ingest/', characters: 4_000, reason: 'a name, an address or a passage' },
  { under: 'src/outbound/', characters: 2_000, reason: 'an address' },
  { under: 'src/desk/', characters: 4_000, reason: 'a name, an address or a line of a setting' },
  { under: 'src/api/', characters: 4_000, reason: 'a header or an address: Node takes 16 KB of all' },
  { under: 'src/evaluate/', characters: 4_000, reason: 'the owner’s own questions, by hand' },
  { under: 'src/cli/', characters: 4_000, reason: 'the owner’s own words, by hand' },
  { under: 'src/doctor/', characters: 4_000, reason: 'tables of the kernel' },
  { under: 'web/', characters: 4_000, reason: 'an answer or an address, in the reader’s own browser' },
];

/** Expressions that the checker finds costly, or does not settle, on texts that they never see: how they begin, and why. */
export const HARMLESS: readonly { begins: string; reason: string }[] = [
  { begins: '/(?:^|[.!?]\\s+)(?:(?:sorry|so),?\\s+)?(?:do you mean', reason: 'our own question back' },
  { begins: "/([\\p{L}\\p{N}'’-]+)[^\\p{L}\\p{N}]*$/u", reason: 'the last 64 characters before a stop' },
  { begins: '/(\\p{M}{30})\\p{M}+/gu', reason: 'the first part has one length: once over the text' },
  { begins: '/[\\p{L}\\p{N}._%+-]{1,64}@', reason: 'every repetition is bounded: so many steps a character' },
  { begins: '/\\b(?:is|was|be|would\\s+be)\\s+it\\s+', reason: 'a question: one line with single spaces' },
  { begins: '/^(?:no[,.]?\\s+)?not\\s+(.+?)', reason: 'a question: one line with single spaces' },
  { begins: '/^\\s*(?:,|,?\\s+(?:and|or)', reason: 'what stands between two phrases of a question' },
  {
    begins: '/(?:how (?:do|can|could|to|would',
    reason: 'not settled: a question, words of lists, gaps of 25',
  },
  {
    begins: '/\\b(?:are|r|is|will|would|were|was)\\s+(?:(?:you|u)',
    reason: 'not settled: a question, gaps of 2',
  },
  { begins: '/\\b(?:do|does|will|did|can)\\s+(?:(?:you|u)', reason: 'not settled: a question, gaps of 2' },
  { begins: '/\\b(?:tell me|know|wonder|wondering|say|ask)', reason: 'not settled: a question, gaps of 2' },
  {
    begins: '/(?<url>[a-zA-Z][a-zA-Z0-9+.-]{1,15}:',
    reason: 'a log text, cut at 4,000 characters: 5 ms at worst',
  },
  {
    begins: '/(?:ignor[ae]|olvid[ae]|omite',
    reason: 'a passage or a question: words of lists, a gap of 50; 0.2 s at worst',
  },
  { begins: '/(?:ignorier|missacht|vergiss', reason: 'the same with gaps of 40: 3 ms at worst' },
  { begins: '/ignor[ai]\\p{L}*.{0,40}(?:istruzioni', reason: 'the same' },
  { begins: '/\\b(?:hinweis|anweisung|nachricht|achtung)', reason: 'the same, a gap of 12' },
  { begins: '/(?:^|\\s)\\[\\d{1,2}\\]\\W{0,3}(?:#|verified', reason: 'the same, gaps of 60' },
  { begins: '/\\b(?:whoever|anyone who', reason: 'the same, gaps of 40 and 70' },
  { begins: '/\\b(?:when|if|whenever|every time', reason: 'the same, gaps of 90: 2 ms at worst' },
  { begins: '/\\b(?:end|begin|start|finish', reason: 'the same, a gap of 60' },
  { begins: '/\\b(?:hide|dispose of|get rid of', reason: 'the same with bounded gaps: below 0.1 s at worst' },
  {
    begins: '/(?<!\\b(?:without|not|never|avoid',
    reason: 'the same with bounded gaps: below 0.1 s at worst',
  },
  {
    begins: '/\\b(?:mak|build|assembl|construct',
    reason: 'the same with bounded gaps: below 0.1 s at worst',
  },
  {
    begins: '/\\byou (?:must|should|shall|have to',
    reason: 'the same with bounded gaps: below 0.1 s at worst',
  },
  {
    begins: '/\\b(?:your|every|each|all|any) (?:\\w+ )?',
    reason: 'the same with bounded gaps: below 0.1 s at worst',
  },
  { begins: '/\\b(?:send|forward|post|submit', reason: 'the same with bounded gaps: below 0.1 s at worst' },
  {
    begins: '/(?<!\\b(?:our|their) )\\b(?:a\\.?i',
    reason: 'the same with bounded gaps: below 0.1 s at worst',
  },
  { begins: '/\\b(?:debug|god|admin', reason: 'the same with bounded gaps: below 0.1 s at worst' },
  { begins: '/\\b(?:developer|dan|jailbreak', reason: 'the same with bounded gaps: below 0.1 s at worst' },
  { begins: '/\\b(?:pretend|imagine|suppose', reason: 'the same with bounded gaps: below 0.1 s at worst' },
  {
    begins: "/\\b(?:(?:you are|you['’]re|you will be)",
    reason: 'the same with bounded gaps: below 0.1 s at worst',
  },
  { begins: '/(?<!\\bhow )\\b(?:can|could|will', reason: 'the same with bounded gaps: below 0.1 s at worst' },
  {
    begins: '/(?:\\bhow (?:do|can|could|to|would)\\b.{0,8}|',
    reason: 'not settled: a question, bounded gaps; below 0.1 s at worst',
  },
  {
    begins: '/\\b(?:cook|make|mak(?:e|ing)|',
    reason: 'not settled: a question, bounded gaps; below 0.1 s at worst',
  },
  {
    begins: '/\\bshoot(?:ing)?\\b.{0,12}',
    reason: 'not settled: a question, bounded gaps; below 0.1 s at worst',
  },
  {
    begins: '/(?:^|[.!?] )\\W{0,3}(?:system|assistant',
    reason: 'the same, a gap of 120',
  },
  {
    begins: '/^(?:(\\d+)\\s*[x×*]\\s*)?(\\S+?)',
    reason: 'an item of an order: refused above 200 characters (import-settings.ts)',
  },
  {
    begins: '/^([^\\d+-]*)([+-]?)\\s*(\\d[',
    reason: 'a price: cut at 200 characters (import-settings.ts)',
  },
];

/** Files that put expressions together from constants of ours when they are loaded: checked as they come out. */
export const COMPOSED_AT_LOAD: readonly string[] = [
  'src/answer/dialogue/customer-facts.ts',
  'src/answer/dialogue/yes-or-no.ts',
  'src/answer/live/asked-facts.ts',
  'src/answer/live/asks-how-to.ts',
  'src/answer/live/find-product-reply.ts',
  'src/answer/without-pleasantry.ts',
  'src/api/plugins/widget-access.ts',
  'src/catalogue/read-price-range.ts',
  'src/guard/attack-patterns.ts',
  'src/guard/harm-patterns.ts',
  'src/inference/word-pieces.ts',
  'src/knowledge/compare-sentences.ts',
  'src/knowledge/find-stale.ts',
  'src/observability/mask-log.ts',
  'src/shop/read-asked-dates.ts',
  'src/shop/read-hours-question.ts',
  'src/text/sign-pairs.ts',
  'src/text/split-sentences.ts',
  'src/understand/find-amounts.ts',
  'src/understand/find-dates.ts',
  'src/understand/split-parts.ts',
];

/** Files that put them together later, and what keeps these harmless. */
export const COMPOSED_LATER: Readonly<Record<string, string>> = {
  'src/actions/http-dialogue.ts': 'of the owner, bounded by check-pattern',
  'src/answer/live/choose-variants.ts': 'words of a product’s name, as alternatives',
  'src/answer/live/find-order.ts': 'a prefix of letters before a number of bounded length',
  'src/backup/read-backup.ts': 'a constant, against a line of bounded length',
  'src/desk/find-words.ts': 'escaped words as alternatives, gaps of at most four words, against one message',
  'src/doctor/network-counters.ts': 'a constant, against a table of the kernel',
  'src/guard/guard-file.ts': 'of the owner, bounded by check-pattern',
  'src/stores/sqlite/person-mentions.ts': 'names and addresses, escaped, as alternatives',
  'src/understand/check-pattern.ts': 'what it is there to judge, against the empty text',
  'src/understand/entity-patterns.ts': 'of the owner, bounded by check-pattern',
};
