import { seededRandom } from '../src/testing/synthetic-knowledge.ts';

/**
 * Text that a search index finds as hard as real text: word pairs of a seed text keep its common words
 * and phrases, a long tail of invented words with Zipf's frequencies keeps rare ones rare, and each
 * document has some tail words of its own, so that questions can aim at it.
 */
export interface TextGenerator {
  document: (words: number) => GeneratedDocument;
  /** A question that aims at the document: some of its own words among common ones. */
  question: (document: GeneratedDocument) => string;
}

export interface GeneratedDocument {
  title: string;
  text: string;
  /** Its own words. */
  topic: string[];
}

/** Invented words; the size of the vocabulary of some 100,000 support articles. */
const TAIL_WORDS = 60_000;
/** Share of words taken from the tail, and from the document's own words. */
const TAIL_SHARE = 0.12;
const TOPIC_SHARE = 0.1;
const TOPIC_WORDS = 12;
const SENTENCE_WORDS = { least: 7, most: 20 };
const ONSETS = [
  'b',
  'br',
  'd',
  'dr',
  'f',
  'g',
  'gl',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'w',
  'z',
];
const RHYMES = ['a', 'al', 'an', 'e', 'el', 'en', 'er', 'i', 'in', 'is', 'o', 'on', 'or', 'u', 'um', 'ut'];

export function createTextGenerator(seedText: string, seed: number): TextGenerator {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const words = seedText.toLowerCase().match(/[a-z]{1,14}/g) ?? [];
  if (words.length < 100) throw new Error('The seed text has fewer than 100 words.');
  const followers = followersOf(words);
  const tailWord = (): string => inventWord(Math.floor(Math.exp(random() * Math.log(TAIL_WORDS))));

  function document(count: number): GeneratedDocument {
    const topic = Array.from({ length: TOPIC_WORDS }, () => inventWord(Math.floor(random() * TAIL_WORDS)));
    const sentences: string[] = [];
    let previous = pick(words);
    for (let left = count; left > 0;) {
      const length = Math.min(
        left,
        SENTENCE_WORDS.least + Math.floor(random() * (SENTENCE_WORDS.most - SENTENCE_WORDS.least)),
      );
      const sentence = Array.from({ length }, () => {
        const kind = random();
        if (kind < TOPIC_SHARE) return pick(topic);
        if (kind < TOPIC_SHARE + TAIL_SHARE) return tailWord();
        previous = pick(followers.get(previous) ?? words);
        return previous;
      });
      sentences.push(asSentence(sentence));
      left -= length;
    }
    return { title: asTitle(topic.slice(0, 2)), text: sentences.join(' '), topic };
  }

  function question({ topic }: GeneratedDocument): string {
    const common = Array.from({ length: 4 }, () => pick(words));
    return `What about ${common.slice(0, 2).join(' ')} ${pick(topic)} ${common.slice(2).join(' ')} ${pick(topic)}?`;
  }
  return { document, question };
}

function followersOf(words: readonly string[]): Map<string, string[]> {
  const followers = new Map<string, string[]>();
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (next === undefined) continue;
    const known = followers.get(word);
    if (known) known.push(next);
    else followers.set(word, [next]);
  }
  return followers;
}

/** The same word for the same rank, and no two ranks with one word: syllables are the digits of the rank. */
export function inventWord(rank: number): string {
  const base = ONSETS.length * RHYMES.length;
  let word = '';
  for (let rest = rank + base; rest > 0; rest = Math.floor(rest / base)) {
    const digit = rest % base;
    word += `${ONSETS[digit % ONSETS.length] ?? ''}${RHYMES[Math.floor(digit / ONSETS.length)] ?? ''}`;
  }
  return word;
}

function asSentence(words: readonly string[]): string {
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function asTitle(words: readonly string[]): string {
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}
