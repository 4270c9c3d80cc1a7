/**
 * How many ways a regular expression has to match at one place: an upper bound of what backtracking can
 * cost, times the characters of the text. "(a+)+" has astronomically many, "[A-Z]{2,4}-?\d{3,6}" has 24.
 */
export const PATTERN_LIMITS = {
  /** Characters of a pattern. */
  length: 200,
  /** Ways at one place; times 4,000 characters this stays below a fraction of a second. */
  ways: 40_000,
  /** What "+", "*" and "{2,}" count for, and are cut to: no code has more signs of a kind. */
  repeats: 32,
} as const;

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/;

interface Position {
  at: number;
  /** The pattern with every endless repetition bounded. */
  bounded: string;
}

/**
 * The pattern with endless repetitions bounded by PATTERN_LIMITS.repeats.
 * @returns a `reason` instead where it cannot be used: no valid expression, matches nothing, or could hang
 */
export function boundPattern(pattern: string): { bounded: string } | { reason: string } {
  if (pattern.length > PATTERN_LIMITS.length)
    return { reason: `it has ${pattern.length} characters, at most ${PATTERN_LIMITS.length} are taken` };
  try {
    if (new RegExp(pattern, 'iu').test('')) return { reason: 'it matches the empty text' };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  if (/\\(?:[1-9]|k<)/.test(pattern)) return { reason: 'references to groups (\\1) are not taken' };
  if (/\(\?<[=!]|\(\?[=!]/.test(pattern)) return { reason: 'looking ahead or behind is not taken' };
  const position: Position = { at: 0, bounded: '' };
  const ways = alternatives(pattern, position);
  if (ways > PATTERN_LIMITS.ways)
    return { reason: 'its repetitions could take for ever; repeat single signs, a few times each' };
  return { bounded: position.bounded };
}

/** Ways add up over "|". */
function alternatives(pattern: string, position: Position): number {
  let ways = sequence(pattern, position);
  while (pattern[position.at] === '|') {
    take(position, '|');
    ways += sequence(pattern, position);
  }
  return ways;
}

/** Ways multiply along a sequence. */
function sequence(pattern: string, position: Position): number {
  let ways = 1;
  while (position.at < pattern.length && !'|)'.includes(pattern[position.at]!)) {
    const inner = atom(pattern, position);
    ways *= repeat(pattern, position, inner);
  }
  return ways;
}

function atom(pattern: string, position: Position): number {
  const rest = pattern.slice(position.at);
  const opening = /^\((?:\?:|\?<\w+>)?/.exec(rest);
  if (opening) {
    take(position, opening[0]);
    const ways = alternatives(pattern, position);
    take(position, ')');
    return ways;
  }
  const single =
    /^(?:\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\c.|\\.|\[(?:\\.|[^\]\\])*\]|.)/isu.exec(
      rest,
    );
  take(position, single?.[0] ?? rest);
  return 1;
}

function repeat(pattern: string, position: Position, inner: number): number {
  const match = QUANTIFIER.exec(pattern.slice(position.at));
  if (!match) return inner;
  const [text, sign, least, comma, most] = match;
  const from = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
  const to =
    sign === '?' ? 1 : sign !== undefined || (comma && most === '') ? Infinity : Number(most ?? least);
  const until = to === Infinity ? Math.max(from, PATTERN_LIMITS.repeats) : to;
  position.at += text.length;
  position.bounded +=
    (to === Infinity ? `{${from},${until}}` : text.replace(/\?$/, sign === '?' ? '?' : '')) +
    (to === Infinity && text.endsWith('?') ? '?' : '');
  let ways = 0;
  for (let times = from; times <= until && ways <= PATTERN_LIMITS.ways; times++) ways += inner ** times;
  return Math.max(ways, 1);
}

function take(position: Position, text: string): void {
  position.at += text.length;
  position.bounded += text;
}
