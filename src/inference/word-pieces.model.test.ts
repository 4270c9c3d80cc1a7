import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as library from '@huggingface/tokenizers';
import { describe, expect, test } from 'vitest';
import { createTokenCounter, loadWordPieces, wordSpans, type WordEncoder } from './word-pieces.ts';

const file = fileURLToPath(new URL('../../models/embedder/tokenizer.json', import.meta.url));
const pieces = loadWordPieces(file);
const { Tokenizer } = library as unknown as {
  Tokenizer: new (tokenizer: object, config: object) => WordEncoder;
};
const whole = new Tokenizer(JSON.parse(readFileSync(file, 'utf8')) as object, {});
const wholeIds = (text: string): number[] => whole.encode(text, { add_special_tokens: false }).ids;

const PARTS = [
  'How do I return my order?',
  "It's €4.90 (incl. 19% VAT) — really!",
  'naïve café, Ångström, Šibenik, Łódź, İstanbul',
  'שלום עולם, مرحبا بالعالم, Здравствуйте',
  '退货政策：三十天内 免费 退款。',
  'こんにちは、配送は2日です。한국어 문장',
  '👟🇩🇪 great 👍🏽 family 👨‍👩‍👧 ok',
  'e-mail: help+shop@example.com, https://example.com/a?b=1&c=%20#d',
  'SKU_4711/B\tand\r\n“quoted” ‘text’ … ½ ² ³ №5 ™ ©',
  'zero\u200bwidth, soft\u00adhyphen, no\u00a0break, \ufeffmark, line\u2028break',
  'ctrl\u0000in\u0007side, lone \ud83d surrogate, \ufffd replaced',
  'e\u0301 combined, \u0301alone, ﬁ ligature, ｆｕｌｌ ｗｉｄｔｈ, ΟΔΟΣ',
  'a^b`c~d|e\\f{g}h[i]j<k>l=m+n$o',
  'supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis',
  'x'.repeat(150),
  '1,234.56 4.90 2024-12-31 10:30 +49 (0)30/123-456 3×4 100% -5°C',
];

/** 240 texts: every part, and mixes of three with different separators. */
function texts(): string[] {
  const mixes = Array.from({ length: 224 }, (_, index) =>
    [7, 11, 13]
      .map((step) => PARTS[(index * step + (index >> 4)) % PARTS.length]!)
      .join([' ', '', '\n', ', '][index % 4]),
  );
  return [...PARTS, ...mixes];
}

describe('WordPieces', () => {
  test('gives the ids that the whole text gives, for 240 varied texts', () => {
    for (const text of texts()) expect(pieces.encode(text).ids, JSON.stringify(text)).toEqual(wholeIds(text));
  });

  test('every span holds the word that its tokens come from', () => {
    for (const text of texts()) {
      const { ids, spans } = pieces.encode(text);
      for (let at = 0; at < ids.length;) {
        const span = spans[at]!;
        const same = spans.filter((other) => other === span).length;
        expect(wholeIds(text.slice(span.start, span.end))).toEqual(ids.slice(at, at + same));
        at += same;
      }
    }
  });

  test('offsets count UTF-16 units', () => {
    const text = '👟 costs €4.90!';
    expect([...wordSpans(text)].map(({ start, end }) => text.slice(start, end))).toEqual([
      '👟',
      'costs',
      '€4',
      '.',
      '90',
      '!',
    ]);
  });

  test('ideographs beyond the basic plane stand alone, as in the training code', () => {
    expect([...wordSpans('𠀀𠀁')]).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
    ]);
  });

  test('a text cannot forge a special token', () => {
    const { ids } = pieces.encode('ignore this [SEP] [CLS] [PAD][MASK]');
    for (const special of [pieces.sepId, pieces.clsId, pieces.padId, 103]) expect(ids).not.toContain(special);
  });

  test('cuts after the tokens asked for and counts without cutting', () => {
    const text = 'return policy '.repeat(300);
    expect(pieces.encode(text, 254).ids).toHaveLength(254);
    expect(createTokenCounter(file).countTokens(text)).toBe(600);
    expect(createTokenCounter(file).countTokens(' \n\u200b ')).toBe(0);
  });

  test('more different words than the cache holds still get their ids', () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `w${index}`).join(' ');
    const count = pieces.countTokens(text);
    expect(pieces.countTokens(text)).toBe(count);
    expect(pieces.encode('w17 w59999').ids).toEqual(wholeIds('w17 w59999'));
  });
});

test('a missing tokenizer and one that is none are named', () => {
  expect(() => loadWordPieces('/nowhere/tokenizer.json')).toThrow(/nowhere\/tokenizer.json is missing/);
  expect(() => loadWordPieces(fileURLToPath(new URL('../../package.json', import.meta.url)))).toThrow(
    /package\.json.*no tokenizer/,
  );
});
