import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stemmer } from 'stemmer';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/synthetic-knowledge.ts';
import { correctSpelling, editDistance } from './correct-spelling.ts';
import { readEnglishWords } from './english-words.ts';
import { TermCounts } from './term-vocabulary.ts';

const vocabularyOf = (text: string): TermCounts => {
  const vocabulary = new TermCounts();
  vocabulary.add(text);
  return vocabulary;
};
const TERMS =
  'delivery delivery delivery deliver waterproof waterproof tent tents warranty Größe Größe купить купить receipt form from form';

describe('correctSpelling', () => {
  it.each([
    ['How long is the delivrey?', 'How long is the delivery?'],
    ['is it waterprof', 'is it waterproof'],
    ['Waranty?', 'Warranty?'],
    ['tnet', 'tent'],
    ['welche Grösse', 'welche Grösse'],
    ['купитъ', 'купить'],
    ['my recipt', 'my receipt'],
  ])('%s → %s', (text, corrected) => expect(correctSpelling(text, vocabularyOf(TERMS)).text).toBe(corrected));

  it.each([
    'delivering delivered deliveries',
    'tint tent',
    'ten',
    'RT-1042 tnet4 delivrey@example.org delivrey.example.org',
    'frm',
    '帐篷',
    'xyzzy plugh qwert delivrey',
    '',
  ])('leaves %j alone', (text) => {
    const vocabulary = vocabularyOf(`${TERMS} tint`);
    expect(correctSpelling(text, vocabulary)).toEqual({ text, corrections: [] });
  });

  it('does not choose between two terms that are as near', () => {
    expect(correctSpelling('the cark', vocabularyOf('card cart card cart')).corrections).toEqual([]);
    expect(correctSpelling('the cark', vocabularyOf('card card card cart')).corrections).toEqual([
      { from: 'cark', to: 'card' },
    ]);
  });

  it('bounds its work on a message of nonsense', () => {
    expect(
      correctSpelling('delivrey '.repeat(400), vocabularyOf(TERMS)).corrections.length,
    ).toBeLessThanOrEqual(8);
  });
});

it.each([
  ['tent', 'tent', 0],
  ['tnet', 'tent', 1],
  ['ten', 'tent', 1],
  ['tents', 'tent', 1],
  ['text', 'tent', 1],
  ['abcd', 'badc', 2],
  ['receipt', 'recipe', 2],
])('%s and %s are %i edits apart', (left, right, edits) => expect(editDistance(left, right, 2)).toBe(edits));

describe('on the demo shop', () => {
  const vocabulary = new TermCounts();
  let known: TermCounts;
  const questions: string[] = [];
  beforeAll(async () => {
    known = new TermCounts(await readEnglishWords('models/embedder/tokenizer.json'));
    for (const entry of readdirSync('data/shop/documents', { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8').replace(/<[^>]+>/g, ' ');
      vocabulary.add(text);
      known.add(text);
    }
    for (const half of ['tune', 'test'])
      for (const line of readFileSync(`data/shop/questions.${half}.jsonl`, 'utf8').trim().split('\n'))
        questions.push((JSON.parse(line) as { q: string }).q);
  });

  it('changes next to no word that is right: 2 in 160 questions', () => {
    const changed = questions.flatMap((question) => correctSpelling(question, known).corrections);
    expect(changed.length).toBeLessThanOrEqual(2);
  });

  it('repairs seven of eight questions with one typing error in a term of the documents', () => {
    const terms = new Set([...vocabulary.terms()].map(({ word }) => word));
    const misspelled = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
      const random = seededRandom(seed);
      return questions.flatMap((question) => misspell(question, terms, random));
    });
    const repaired = misspelled.filter(({ text, typo, word }) => {
      const to = correctSpelling(text, known).corrections.find(({ from }) => from === typo)?.to ?? '';
      return stemmer(to.toLowerCase()) === stemmer(word.toLowerCase());
    });
    expect(misspelled.length).toBeGreaterThan(800);
    expect(repaired.length / misspelled.length).toBeGreaterThan(0.86);
  }, 60_000);
});

/** One letter left out, added, replaced or swapped with the next, in one term of five letters or more. */
function misspell(
  question: string,
  terms: ReadonlySet<string>,
  random: () => number,
): { text: string; typo: string; word: string }[] {
  const words = [...question.matchAll(/[A-Za-z]{5,}/g)].filter(([word]) => terms.has(word.toLowerCase()));
  const match = words[Math.floor(random() * words.length)];
  if (!match) return [];
  const [word] = match;
  const place = 1 + Math.floor(random() * (word.length - 2));
  const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]!;
  const [before, after] = [word.slice(0, place), word.slice(place + 1)];
  const typos = [
    before + after,
    before + letter + word[place]! + after,
    before + letter + after,
    before + after[0]! + word[place]! + after.slice(1),
  ];
  const typo = typos[Math.floor(random() * typos.length)]!;
  if (typo === word) return [];
  return [
    { text: question.slice(0, match.index) + typo + question.slice(match.index + word.length), typo, word },
  ];
}
