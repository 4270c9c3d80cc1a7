import { expect, it } from 'vitest';
import { lexicalCoverage } from './lexical-coverage.ts';

const CHINESE = [
  '退货政策：收到商品后三十天内可以无条件退货。',
  '配送时间：国内订单的商品通常在三到五个工作日内送达。',
  '保修说明：所有帐篷提供两年保修。',
  '支付方式：我们接受信用卡和微信支付。',
];

it('is highest for the passage that holds the telling words', () => {
  const shares = lexicalCoverage('帐篷的保修是几年？', CHINESE);
  expect(shares.indexOf(Math.max(...shares))).toBe(2);
  expect(shares[2]).toBeGreaterThan(2 * shares[0]!);
  for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
});

it('is one for a passage with all words, and low for a question about something else', () => {
  expect(
    lexicalCoverage('Доставка занимает дней', ['Доставка занимает пять дней.', 'Гарантия два года.'])[0],
  ).toBe(1);
  expect(Math.max(...lexicalCoverage('请问你们招聘厨师吗？', CHINESE))).toBeLessThan(0.3);
});

it('claims nothing for one word or none', () => {
  expect(lexicalCoverage('保', CHINESE)).toEqual([0, 0, 0, 0]);
  expect(lexicalCoverage('', CHINESE)).toEqual([0, 0, 0, 0]);
  expect(lexicalCoverage('帐篷保修', [])).toEqual([]);
});
