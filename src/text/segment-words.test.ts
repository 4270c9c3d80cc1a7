import { expect, it } from 'vitest';
import { extraIndexWords, indexWordsOf, segmentWords } from './segment-words.ts';

it('cuts runs without spaces into words, Han into pairs besides', () => {
  expect(segmentWords('退货需要')).toEqual(expect.arrayContaining(['退货', '需要', '货需']));
  expect(segmentWords('カメラのバッテリー')).toEqual(['カメラ', 'の', 'バッテリー']);
  expect(segmentWords('ค่าจัดส่ง').length).toBeGreaterThan(1);
  expect(segmentWords('Boots, Größe, сапоги, 배송')).toEqual([]);
});

it('shares a pair where question and document are cut in different places', () => {
  const document = new Set(segmentWords('三十天内可以无条件退货'));
  expect(segmentWords('未使用能退货吗').filter((word) => document.has(word))).toContain('退货');
});

it('adds nothing to plain text', () => {
  for (const text of ['Delivery takes 3 days.', 'Größe 42 – 12 €', 'Café™ — naïve'])
    expect(extraIndexWords(text), text).toBe('');
});

it('looks for each word once, in lower case', () => {
  expect(indexWordsOf('Tent tent TENT ＴＥＮＴ 帐篷帐篷')).toEqual(['tent', '帐篷', '篷帐']);
});

it('is linear on a run of 200,000 signs', () => {
  expect(segmentWords('货'.repeat(200_000)).length).toBeGreaterThan(100);
});
