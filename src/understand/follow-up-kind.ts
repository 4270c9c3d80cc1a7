import { contentWords } from '../text/content-words.ts';
import { parsePhrases, type ParsedText, type Token } from './parse-phrases.ts';
import { ATTRIBUTES } from './word-classes.ts';

/**
 * How a message leans on what was said before:
 * - `none`: it stands alone
 * - `ellipsis`: "and for shoes?", "what about Austria?", "to Switzerland?": a phrase in place of another
 * - `correction`: "no, I meant the tent"
 * - `agreement`, `refusal`: "yes" and "no" to a question of ours
 * - `question-word`: "why?", "for how long?"
 * - `pronoun`: "how much is it?"
 * - `topic`: "what sizes are there?": it asks about a thing that it does not name
 * - `hint`: "and when I have something mended?", "is express possible too?": it goes on, in words of its own
 */
export type FollowUpKind =
  | 'none'
  | 'ellipsis'
  | 'correction'
  | 'agreement'
  | 'refusal'
  | 'question-word'
  | 'pronoun'
  | 'topic'
  | 'hint';

export interface FollowUp {
  kind: FollowUpKind;
  /** The message without its lead-in ("and", "what about", "no, I meant"). */
  phrase: ParsedText;
  /** In a correction, what it takes back ("not the protector, the topper"). */
  instead: string | null;
}

/** Words of a message from which on it says enough by itself, unless it has a pronoun. */
const LONGEST_BARE = 6;
/** Words from which on a message tells its own case, whatever its pronouns mean. */
const LONGEST_LEANING = 18;
/** Words that go on from what was said. */
const HINT =
  /^(?:(?:and|but|so|then|also|only|otherwise|what\s+if|in\s+that\s+case|ok(?:ay)?|thanks?)\b)|\b(?:too|as\s+well|instead|the\s+same|like\s+(?:that|this)|the\s+other\s+(?:one|way)|something\s+else)\b|\b(?:do|does|did)\s+(?:that|this)\b/i;
const LEAD =
  /^(?:(?:ok(?:ay)?|thanks|thank you|great|good|cool|hm+|ah|oh|well|right|so)[,.!]?\s+)*(?:(?:and|or|but|also|plus)(?:\s+also)?[,]?\s+)?(?:(?:(?:what|how)\s+about|what\s+if\s+it'?s|same\s+for|same\s+question\s+for|does\s+(?:that|this|it)\s+(?:also\s+)?(?:apply|go)\s+(?:to|for))\s+)?/i;
const TRAIL = /[,]?\s+(?:too|as well|also|then|instead|please)(?=\s*[?.!]*$)/i;
const CORRECTION =
  /^(?:(?:no|nope|sorry|oops|actually|wait)[,.!]?\s+(?:no[,.]?\s+|sorry[,.]?\s+)*(?:(?:i|we)\s+(?:mean|meant)(?:\s+to\s+(?:say|ask))?[,:]?\s+)?|(?:i|we)\s+(?:mean|meant)[,:]?\s+)/i;
const NOT_BUT = /^(?:no[,.]?\s+)?not\s+(.+?)(?:,\s*(?:but\s+)?|\s+but\s+)(.+)$/i;
const YES =
  /^(?:yes|yeah|yep|yup|sure|exactly|correct|right|please do|of course|ok(?:ay)?|that's right|indeed)\b[,.!]?\s*(?:please|thanks|thank you|that one|it is|i do|i would|exactly)?[.!]*$/i;
const NO = /^(?:no|nope|nah|not really|no thanks|no thank you|i don't|i do not)[.!]*$/i;
const QUESTION_WORD =
  /^(?:(?:for|since|until|to|from|by|with)\s+)?(?:why|when|where|how|who|which|what)(?:\s+(?:exactly|not|so|long|much|many|often|far|soon|one))*\s*[?.!]*$/i;
/** "It" that stands for nothing: "is it possible to", "how long does it take to". */
const EMPTY_IT =
  /\b(?:is|was|be|would\s+be)\s+it\s+(?:\w+\s+){1,2}(?:to|that|if|when|for)\b|\bit(?:'s|\s+is|\s+be|\s+takes?|\s+costs?)\s+(?:\w+\s+){0,2}?(?:to|that|if|until)\b|\bhow\s+(?:much|long|hard|easy|far)\s+(?:is|does|will|would)\s+it\s+(?:\w+\s+){0,2}?to\b|\bup\s+to\s+me\b/i;

export function followUpKind(question: string): FollowUp {
  const text = question.trim();
  const make = (kind: FollowUpKind, phrase = text, instead: string | null = null): FollowUp => ({
    kind,
    phrase: parsePhrases(phrase.replace(TRAIL, '').trim()),
    instead,
  });
  if (YES.test(text)) return make('agreement');
  if (NO.test(text)) return make('refusal');
  const notBut = NOT_BUT.exec(text);
  if (notBut) return make('correction', notBut[2], notBut[1]);
  const corrected = CORRECTION.exec(text)?.[0] ?? '';
  if (corrected !== '' && isBare(parsePhrases(text.slice(corrected.length))))
    return make('correction', text.slice(corrected.length));
  const lead = LEAD.exec(text)?.[0] ?? '';
  const rest = text.slice(lead.length);
  if (QUESTION_WORD.test(rest)) return make('question-word', rest);
  const parsed = parsePhrases(rest.replace(TRAIL, ''));
  const led = /\b(?:and|or|but|also|plus|about|same|apply|go)\b/i.test(lead);
  if (isBare(parsed) || (led && startsWithVerb(parsed))) return make('ellipsis', rest);
  const whole = /\b(?:apply|go|if)\b/i.test(lead) ? text : rest;
  const clause = parsePhrases(whole);
  if (clause.tokens.length > LONGEST_LEANING) return make('none');
  if (hasOpenPronoun(clause)) return make('pronoun', whole);
  if (namesNothing(clause)) return make('topic', whole);
  return make(HINT.test(text) ? 'hint' : 'none', whole);
}

/** No predicate of its own. */
function isBare({ tokens, text }: ParsedText): boolean {
  const words = tokens.filter((token) => token.class !== 'mark');
  const hasPredicate = words.some(({ class: kind }) => ['auxiliary', 'verb', 'question'].includes(kind));
  return words.length > 0 && words.length <= LONGEST_BARE && !hasPredicate && !/^i\b/i.test(text);
}

function startsWithVerb({ tokens }: ParsedText): boolean {
  return (
    tokens[0]?.class === 'verb' && tokens.filter(({ class: kind }) => kind !== 'mark').length <= LONGEST_BARE
  );
}

/** A pronoun with nothing before it in the message that it could mean. */
export function hasOpenPronoun(parsed: ParsedText): boolean {
  return openPronoun(parsed) !== null;
}

export function openPronoun({ tokens, phrases, text }: ParsedText): Token | null {
  if (EMPTY_IT.test(text)) return null;
  for (const [index, token] of tokens.entries()) {
    const named = phrases.some(
      ({ end, type }) => end <= token.start && (type === 'thing' || type === 'attribute'),
    );
    // "a green one": what stands right before it belongs to it.
    const inside =
      token.lower === 'one' && phrases.every(({ end }) => end >= (tokens[index - 1]?.start ?? 0));
    if ((!named || inside) && pointsBack(tokens, index)) return token;
  }
  return null;
}

/** "this tent", "how much is that tent"; but "is that free?", "is that covered by": a pronoun with its predicate. */
function isDeterminer(tokens: readonly Token[], index: number): boolean {
  if (tokens[index + 1]?.class !== 'noun') return false;
  const opens = tokens[index - 1]?.class === 'auxiliary' && index === 1;
  return !opens || tokens[index + 2]?.class === 'noun';
}

const BEFORE_THAT = new Set(['auxiliary', 'preposition', 'verb', 'question', 'mark', 'connective']);

function opensOne(before: Token | undefined, second: Token | undefined): boolean {
  return [before, second].some((token) => token?.class === 'determiner' || token?.lower === 'which');
}

function pointsBack(tokens: readonly Token[], index: number): boolean {
  const [second, before, after] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]];
  const token = tokens[index]!;
  switch (token.lower) {
    case 'it':
    case 'its':
    case "it's":
    case 'they':
    case 'them':
    case 'their':
      return true;
    case 'these':
    case 'those':
      return !isDeterminer(tokens, index);
    case 'this':
    case 'that':
      // "the tent that I bought", "is it true that", "this tent": no pointing back.
      return !isDeterminer(tokens, index) && (before === undefined || BEFORE_THAT.has(before.class));
    case 'there':
      return before?.class !== 'auxiliary' && after?.class !== 'auxiliary';
    case 'one':
    case 'ones':
      // "a blue one", "which one"; not "one of our", "one year", "from day one".
      return after?.class !== 'noun' && after?.lower !== 'of' && opensOne(before, second);
    default:
      return false;
  }
}

/** All its content words name what is asked about a thing ("sizes", "price"); the thing is left out. */
function namesNothing({ text }: ParsedText): boolean {
  const words = contentWords(text).map(({ word }) => word);
  const telling = words.filter((word) => !ATTRIBUTES.has(word) && !GENERIC.has(word));
  return words.length <= 3 && telling.length === 0;
}

const GENERIC = new Set(
  'pay pays paying available high heavy tall wide big large small long cheap expensive kind kinds sort sorts option options exist come cost costs work works need back send back order buy use exactly happen happens'.split(
    ' ',
  ),
);
