import { segmentWords } from '../text/segment-words.ts';
import { followUpKind, type FollowUp } from './follow-up-kind.ts';
import { parsePhrases } from './parse-phrases.ts';
import { addedStems } from './added-stems.ts';
import { appendTopic, resolvePronoun, type Topic } from './resolve-pronoun.ts';
import { append, stripEnd, substitutePhrase, type Rewrite } from './substitute-phrase.ts';

export interface HistoryMessage {
  role: 'customer' | 'assistant' | 'staff';
  text: string;
}

export interface StandaloneQuestion {
  /** The question as it would be asked without the conversation; equal to the question where it does not lean. */
  standalone: string;
  leans: boolean;
  /** Whether the rewrite (or leaving it alone) is beyond doubt. */
  sure: boolean;
  /**
   * What to search for, the likelier first: the standalone form when sure; else the question behind the one
   * before and our reply, which holds the words of both whatever is meant, and the standalone form.
   */
  forms: string[];
  /** Stems of what the message names anew in place of what was named before: "sale items" in "and for sale items?". */
  added: string[];
}

export const FOLLOW_UP = {
  /** Customer messages looked back on; what lies further back is hardly ever meant. */
  turns: 6,
  /** Characters of an earlier message that are read. */
  readCharacters: 400,
  /** Longest message that is taken for a follow-up, characters. */
  longest: 300,
  /** Of our last reply in a form of doubt: its first sentence or two names what was meant. */
  replyCharacters: 200,
  /** Words up to which a message in a language without rules may lean; of Chinese, words and pairs of signs. */
  shortWords: 4,
  /** Longest standalone form, characters: chains of additions are cut off. */
  longestForm: 400,
} as const;

/** How our question back begins; what follows is what the customer says yes or no to. */
const ASKED_BACK =
  /(?:^|[.!?]\s+)(?:(?:sorry|so),?\s+)?(?:do you mean|did you mean|you mean|are you asking about|would you like(?: to know)?(?: about)?|is (?:it|this|that) about|shall i (?:show|tell) you|do you want(?: to know)?|do you have)\s+([^?]+)\?\s*$/i;
const MEANT = /(?:do|did) you mean|you mean|asking about|is (?:it|this|that) about/i;

/**
 * Rewrites a follow-up as a standalone question from the conversation: the messages are read in order,
 * each rewritten by the one before, so that chains ("and to Spain?", "and in blue?") resolve (the rewriting
 * of CAsT, Dalton et al. 2020, by rules in place of a model: phrases put in for aligned phrases, pronouns
 * for the thing asked about).
 * @param options.topic title or heading of what the last answer cited
 * @param options.language ISO 639-1; the rules are English, elsewhere a short message is joined to the last
 */
export function standaloneQuestion(
  question: string,
  history: readonly HistoryMessage[],
  options: { topic?: string; language?: string } = {},
): StandaloneQuestion {
  const base = baseOf(history.filter(({ text }) => text.trim() !== ''));
  const alone = { standalone: question, leans: false, sure: true, forms: [question], added: [] };
  if (base === null || question.length > FOLLOW_UP.longest) return alone;
  if (!['en', 'und', undefined].includes(options.language)) return joined(question, history, alone);
  const reply = history.at(-1)?.role === 'assistant' ? history.at(-1)!.text : '';
  const rewrite = rewriteOn(question, base, reply, options.topic);
  if (rewrite === null || rewrite.text === question) return alone;
  const added = addedStems(question, `${base} ${reply}`);
  const standalone = capital(rewrite.text.slice(0, FOLLOW_UP.longestForm));
  if (rewrite.sure) return { standalone, leans: true, sure: true, forms: [standalone], added };
  const context = [base, reply.slice(0, FOLLOW_UP.replyCharacters), question].filter(Boolean).join(' ');
  return { standalone, leans: true, sure: false, forms: [context, standalone], added };
}

/** In a language without rules: a message of few words may lean, so it is searched with the last one too. */
function joined(
  question: string,
  history: readonly HistoryMessage[],
  alone: StandaloneQuestion,
): StandaloneQuestion {
  const last = history.findLast(({ role, text }) => role === 'customer' && !isShort(text));
  if (!last || !isShort(question)) return alone;
  const standalone = `${last.text.slice(0, FOLLOW_UP.readCharacters).trim()} ${question}`;
  return { standalone, leans: true, sure: false, forms: [standalone, question], added: [] };
}

function isShort(text: string): boolean {
  return segmentWords(text).length + text.trim().split(/\s+/).length <= FOLLOW_UP.shortWords;
}

/** The last customer question in its standalone form. */
function baseOf(history: readonly HistoryMessage[]): string | null {
  const customer = history.flatMap(({ role }, index) => (role === 'customer' ? [index] : []));
  let base: string | null = null;
  for (const index of customer.slice(-FOLLOW_UP.turns)) {
    const text = history[index]!.text.slice(0, FOLLOW_UP.readCharacters).trim();
    const before = history[index - 1];
    const reply = before?.role === 'assistant' ? before.text : '';
    if (isSmallTalk(text)) continue;
    base = base === null ? text : (rewriteOn(text, base, reply, undefined)?.text ?? text);
    base = base.slice(0, FOLLOW_UP.longestForm);
  }
  return base;
}

function rewriteOn(
  question: string,
  base: string,
  reply: string,
  topicTitle: string | undefined,
): Rewrite | null {
  if (isSmallTalk(question)) return null;
  const names = namesIn(reply.slice(0, FOLLOW_UP.readCharacters));
  if (topicTitle !== undefined) names.unshift(topicTitle);
  const topic: Topic = { base: parsePhrases(base), names: names.slice(0, 3) };
  return rewriteBy(followUpKind(question), topic, reply);
}

function rewriteBy({ kind, phrase, instead }: FollowUp, topic: Topic, reply: string): Rewrite | null {
  switch (kind) {
    case 'none':
      return null;
    case 'ellipsis':
      return substitutePhrase(topic.base, phrase);
    case 'correction':
      return instead === null ? substitutePhrase(topic.base, phrase) : correct(topic, instead, phrase.text);
    case 'agreement':
    case 'refusal':
      return answerBack(kind, topic, reply);
    case 'question-word':
      return askOn(phrase.text, topic.base.text);
    case 'pronoun':
      return resolvePronoun(phrase, topic);
    case 'topic':
      return appendTopic(phrase.text, topic);
    case 'hint':
      return { text: `${topic.base.text} ${phrase.text}`, sure: false };
  }
}

/** "not the protector, the topper": where the words taken back stand, else aligned as any phrase. */
function correct({ base }: Topic, instead: string, phrase: string): Rewrite {
  const wrong = stripEnd(instead)
    .replace(/^(?:the|a|an)\s+/i, '')
    .toLowerCase();
  const named = base.phrases.find(({ words }) => words.toLowerCase().includes(wrong));
  if (!named) return substitutePhrase(base, parsePhrases(phrase));
  return {
    text: base.text.slice(0, named.nounStart) + stripEnd(phrase) + base.text.slice(named.end),
    sure: true,
  };
}

/** "yes" to "do you mean the Mola grinder?": what we asked about goes into the question. */
function answerBack(kind: 'agreement' | 'refusal', { base }: Topic, reply: string): Rewrite | null {
  const asked = ASKED_BACK.exec(reply);
  if (!asked) return null;
  const phrase = parsePhrases(asked[1]!.trim());
  if (kind === 'agreement' && MEANT.test(asked[0])) return { ...substitutePhrase(base, phrase), sure: true };
  return { text: append(base.text, `(${kind === 'refusal' ? 'without ' : ''}${phrase.text})`), sure: false };
}

/** "why?", "where?" before the question it is about, its own question word gone. */
function askOn(word: string, base: string): Rewrite {
  const asked = base.replace(/^(?:what|how|when|where|who|which)\b\s*(?:much|many|long|far|often)?\s*/i, '');
  const lower = /^[A-Z][a-z]/.test(asked) ? asked[0]!.toLowerCase() + asked.slice(1) : asked;
  return { text: `${stripEnd(word)} ${lower}`, sure: asked === base };
}

/** Names in our answer: capitalised words inside a sentence ("the Mola and the Pico"). */
function namesIn(reply: string): string[] {
  const names = [
    ...reply.matchAll(
      /(?<=[\p{Ll},] )\p{Lu}\p{L}{2,}(?: \p{Lu}\p{L}+)*|(?<=(?:^|[.!?] )The )\p{Lu}\p{L}{2,}/gu,
    ),
  ];
  return [...new Set(names.map(([name]) => name))];
}

function isSmallTalk(text: string): boolean {
  return /^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?(?: you)?(?: (?:so|very) much)?|thank you|bye|goodbye|great|perfect|cool|ok(?:ay)? thanks?)[\s!.,]*$/i.test(
    text,
  );
}

function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
