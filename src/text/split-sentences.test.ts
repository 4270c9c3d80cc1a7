import { describe, expect, it } from 'vitest';
import { splitSentences } from './split-sentences.ts';

const split = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it.each<[string, string[]]>([
    [
      'We use carriers, e.g. DHL. It costs approx. €4.90.',
      ['We use carriers, e.g. DHL.', 'It costs approx. €4.90.'],
    ],
    [
      'See item No. 5 first. Is it free? No. You pay.',
      ['See item No. 5 first.', 'Is it free?', 'No.', 'You pay.'],
    ],
    ['Open 9:00 a.m. Monday to 5 p.m. Saturday.', ['Open 9:00 a.m. Monday to 5 p.m. Saturday.']],
    ['We close at 6 p.m. Orders wait.', ['We close at 6 p.m.', 'Orders wait.']],
    ['Ask Dr. Smith or Mr. Lee. They know.', ['Ask Dr. Smith or Mr. Lee.', 'They know.']],
    [
      'Acme Inc. Berlin is at 5 Main St. The shop is open.',
      ['Acme Inc. Berlin is at 5 Main St.', 'The shop is open.'],
    ],
    ['Pens, paper, etc. We sell all.', ['Pens, paper, etc.', 'We sell all.']],
    ['It weighs 4.90 kg in v2.1.3. Next one.', ['It weighs 4.90 kg in v2.1.3.', 'Next one.']],
    [
      'Mail help@shop.example.com. Or see https://shop.example/a?b=c.d!e now.',
      ['Mail help@shop.example.com.', 'Or see https://shop.example/a?b=c.d!e now.'],
    ],
    ['Choose size M. Measure again. By J. Smith.', ['Choose size M.', 'Measure again.', 'By J. Smith.']],
    ['1. Open it.\n2. Close it.', ['1. Open it.', '2. Close it.']],
    ['a. First thing. Second.', ['a. First thing.', 'Second.']],
    ['Well... maybe. Wait... We do.', ['Well... maybe.', 'Wait...', 'We do.']],
    [
      'Free.[1] Not so. [2] More [3]. End.[1][2] Fin.',
      ['Free.[1]', 'Not so. [2]', 'More [3].', 'End.[1][2]', 'Fin.'],
    ],
    [
      '"Really?" she asked. He said "Stop!" Then (see below.) No',
      ['"Really?" she asked.', 'He said "Stop!"', 'Then (see below.)', 'No'],
    ],
    ['これはペンです。「はい。」本です！Yes.', ['これはペンです。「はい。」', '本です！', 'Yes.']],
    ['First block\n\nsecond block', ['First block', 'second block']],
    ['You need:\na receipt\nthe box', ['You need:', 'a receipt', 'the box']],
    [
      'This line was wrapped by an editor since it is rather long and\nends here.',
      ['This line was wrapped by an editor since it is rather long and\nends here.'],
    ],
    ['Am 24. Dezember ist zu. Danke.', ['Am 24. Dezember ist zu.', 'Danke.']],
    ['', []],
    [' \n\t ', []],
    ['no stop at all', ['no stop at all']],
  ])('splits %j', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('keeps to the range given', () => {
    const text = 'One. Two. Three.';
    expect(splitSentences(text, 5, 9)).toEqual([{ start: 5, end: 9 }]);
    expect(splitSentences(text, 3, 12)).toEqual([
      { start: 3, end: 4 },
      { start: 5, end: 9 },
      { start: 10, end: 12 },
    ]);
  });

  it('covers every visible character once, in order, on random text', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const pieces = [
      'a',
      'B',
      '. ',
      '.',
      '? ',
      '! ',
      '\n',
      '\n\n',
      ' ',
      '[1]',
      '[',
      '"',
      ')',
      'e.g. ',
      'No. ',
      '5',
      '。',
      '\u00a0',
      '🙂',
      '\r\n',
      '...',
    ];
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: random(60) }, () => pieces[random(pieces.length)]).join('');
      const spans = splitSentences(text);
      let last = 0;
      for (const { start, end } of spans) {
        expect(text.slice(last, start).trim(), JSON.stringify(text)).toBe('');
        expect(text.slice(start, end), JSON.stringify(text)).toBe(text.slice(start, end).trim());
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(text.slice(last).trim(), JSON.stringify(text)).toBe('');
    }
  });

  it.each(['a', '.', 'A. ', ' ', '\n', '? ', '[1] ', '。', 'No. 5 ', 'x."\n'])(
    'is linear on a million characters of %j',
    (unit) => {
      const began = performance.now();
      splitSentences(unit.repeat(1_000_000 / unit.length));
      expect(performance.now() - began).toBeLessThan(8000);
    },
    20_000,
  );
});
