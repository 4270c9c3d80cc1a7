import { describe, expect, it } from 'vitest';
import type { TokenCounter } from '../inference/contracts.ts';
import { CHUNKING, chunkDocument } from './chunk-document.ts';
import type { ParsedDocument } from './ingest-types.ts';
import { parseString } from './parse/parse-string.suite.ts';

const words: TokenCounter = { countTokens: (text) => text.split(/\s+/).filter(Boolean).length };
/** Like a subword tokenizer: the parts do not add up to the whole, and a long word is one token. */
const subwords: TokenCounter = {
  countTokens: (text) =>
    text.split(/\s+/).reduce((sum, word) => sum + (word.length > 100 ? 1 : Math.ceil(word.length / 4)), 0) +
    (text.length % 3),
};

const sentence = (count: number, word = 'word') =>
  `S${Array.from({ length: count - 1 }, () => ` ${word}`).join('')}.`;
const chunk = (content: string, counter = words) => chunkDocument(parseString('a.md', content), counter);

/** What must hold for any document. */
function check(document: ParsedDocument, counter: TokenCounter): void {
  const chunks = chunkDocument(document, counter);
  const held = new Uint8Array(document.text.length);
  let last = 0;
  chunks.forEach(({ ordinal, start, end, text, headingPath, tokens }, index) => {
    expect(ordinal).toBe(index);
    expect(text).toBe(document.text.slice(start, end));
    expect(text).toBe(text.trim());
    expect(start).toBeGreaterThanOrEqual(last);
    expect(tokens).toBe(counter.countTokens(`${headingPath}: ${text}`));
    expect(tokens).toBeLessThanOrEqual(CHUNKING.maxTokens);
    expect(text.length).toBeLessThanOrEqual(CHUNKING.maxTokens * CHUNKING.charactersPerToken);
    expect(counter.countTokens(headingPath)).toBeLessThanOrEqual(CHUNKING.headingTokens);
    held.fill(1, start, end);
    last = end;
  });
  const ends = new Set(chunks.map((one) => one.end));
  for (const { kind, start, end } of document.blocks) {
    if (kind === 'heading') expect(ends.has(end), 'a heading ends a chunk').toBe(false);
    else
      for (let at = start; at < end; at += 1)
        if (!held[at] && /\S/.test(document.text.charAt(at))) expect.fail(`lost character ${at}`);
  }
}

describe('chunkDocument', () => {
  it('puts a short document into one chunk under its title', () => {
    const [only, ...rest] = chunk('# Returns\n\nSend it back. We pay.');
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      ordinal: 0,
      headingPath: 'Returns',
      text: 'Send it back. We pay.',
      tokens: 6,
      start: 9,
      end: 30,
    });
  });

  it('starts a new chunk at a heading, leaving the heading to the path', () => {
    const chunks = chunk(`# T\n\n${sentence(50)}\n\n## A\n\n${sentence(50)}\n\n### B\n\n${sentence(50)}`);
    expect(chunks.map((one) => one.headingPath)).toEqual(['T', 'T > A', 'T > A > B']);
    expect(chunks.every((one) => one.text === sentence(50))).toBe(true);
  });

  it('joins a small section with the next, heading and all', () => {
    const chunks = chunk(`# T\n\n## A\n\nShort one.\n\n## B\n\n${sentence(60)}\n\n## C\n\nEnd.`);
    expect(chunks.map((one) => [one.headingPath, one.text])).toEqual([
      ['T > A', `Short one.\n\nB\n\n${sentence(60)}`],
      ['T > C', 'End.'],
    ]);
  });

  it('closes at about the target, but leaves no small rest of a section', () => {
    const text = (count: number) => Array.from({ length: count }, () => sentence(30)).join(' ');
    expect(chunk(`# T\n\n${text(7)}`).map((one) => one.tokens)).toEqual([211]);
    expect(chunk(`# T\n\n${text(10)}`).map((one) => one.tokens)).toEqual([151, 151]);
  });

  it('keeps a list with the sentence that leads in', () => {
    const items = Array.from({ length: 10 }, () => `- ${sentence(10)}`).join('\n');
    const chunks = chunk(
      `# T\n\n${Array.from({ length: 5 }, () => sentence(30)).join(' ')} You need these things:\n\n${items}`,
    );
    expect(chunks).toHaveLength(2);
    expect(chunks[1]?.text.startsWith('You need these things:\n\nS word')).toBe(true);
  });

  it('never parts a lead-in from the first item of a list that is too long', () => {
    const items = Array.from({ length: 40 }, () => `- ${sentence(20)}`).join('\n');
    for (let before = 1; before < 8; before += 1) {
      const chunks = chunk(
        `# T\n\n${Array.from({ length: before }, () => sentence(30)).join(' ')}\n\nTake these:\n\n${items}`,
      );
      expect(chunks.find((one) => one.text.includes('Take these:'))?.text).toMatch(/Take these:\n\nS word/);
    }
  });

  it('cuts only sentences longer than the window, at words and then at characters', () => {
    const chunks = chunk(`# T\n\nBefore. ${sentence(500)} After.`);
    expect(chunks.map((one) => one.text.split(' ').length)).toEqual([1, 239, 239, 22, 1]);
    const long = chunk(`# T\n\n${'🙂'.repeat(5000)}`);
    expect(long.map((one) => one.text).join('')).toBe('🙂'.repeat(5000));
    expect(long.every((one) => one.text.length <= 2400 && !/^[\udc00-\udfff]/.test(one.text))).toBe(true);
  });

  it('cuts a long list item at its sentences', () => {
    const chunks = chunk(`# T\n\n- ${Array.from({ length: 10 }, () => sentence(30)).join(' ')}`);
    expect(chunks.every((one) => one.text.startsWith('S') && one.text.endsWith('.'))).toBe(true);
    expect(chunks.length).toBe(2);
  });

  it('cuts long heading paths to their title and last heading', () => {
    const path = chunk(`# ${sentence(25)}\n\n## ${sentence(25)}\n\n### last one\n\nText.`)[0]?.headingPath;
    expect(path).toBe(`${sentence(25)} > last one`);
    const longest = chunk(`# T\n\n## ${sentence(300)}\n\nText.`)[0];
    expect(words.countTokens(longest?.headingPath ?? '')).toBe(CHUNKING.headingTokens);
  });

  it('takes headings for content where there is nothing else', () => {
    expect(chunk('# Opening hours\n\n## Monday 9 to 18').map((one) => one.text)).toEqual([
      'Opening hours\n\nMonday 9 to 18',
    ]);
  });

  it.each([
    ['words', words],
    ['subwords', subwords],
  ] as const)(
    'loses nothing and keeps its bounds on random documents, counting %s',
    (_, counter) => {
      let seed = 3;
      const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
      const pieces = [
        () => `\n\n${'#'.repeat(1 + random(4))} ${sentence(1 + random(random(9) === 0 ? 90 : 6))}\n\n`,
        () => `${sentence(1 + random(random(12) === 0 ? 400 : 40))} `,
        () =>
          `\n\n${Array.from({ length: 1 + random(14) }, () => `- ${sentence(1 + random(30))}`).join('\n')}\n\n`,
        () =>
          `\n\n| A | B |\n|---|---|\n${Array.from({ length: 1 + random(12) }, () => `| ${sentence(3)} | x |`).join('\n')}\n\n`,
        () =>
          `\n\n\`\`\`\n${Array.from({ length: 1 + random(50) }, () => sentence(4)).join('\n')}\n\`\`\`\n\n`,
        () => `${'x'.repeat(1 + random(4000))} `,
        () => ' Lead-in:',
      ];
      for (let round = 0; round < 200; round += 1) {
        const content = Array.from({ length: 1 + random(30) }, () => pieces[random(pieces.length)]?.()).join(
          '',
        );
        check(parseString('random.md', `text ${content}`), counter);
      }
    },
    60_000,
  );

  it('stays linear on a long document', () => {
    const document = parseString('a.txt', 'A short line.\n\n'.repeat(50_000));
    const began = performance.now();
    expect(chunkDocument(document, words).length).toBeGreaterThan(500);
    expect(performance.now() - began).toBeLessThan(8000);
  }, 20_000);
});
