import { expect, it } from 'vitest';
import { findTrigger } from './find-trigger.ts';

const at = (text: string) => findTrigger(text, text.length);

it('finds a sign where a word begins', () => {
  expect(at('/')).toEqual({ sign: '/', query: '', start: 0 });
  expect(at('Hello /ref')).toEqual({ sign: '/', query: 'ref', start: 6 });
  expect(at('See ??retu')).toEqual({ sign: '??', query: 'retu', start: 4 });
  expect(at('ask\n@Ada')).toEqual({ sign: '@', query: 'Ada', start: 4 });
});

it('leaves addresses and what is finished alone', () => {
  expect([at('and/or'), at('kim@shop'), at('/ref now'), at('https://x'), at('What??')]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(findTrigger('/ref', 0)).toBeNull();
});
