import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { loadLanguageDetector, type DetectLanguage } from './detect-language.ts';

let detect: DetectLanguage;
beforeAll(async () => {
  detect = await loadLanguageDetector();
}, 60_000);

it.each([
  ['en', 'How long does delivery take?'],
  ['en', 'where is my order'],
  ['en', 'Do you have the Ridge tent in blue?'],
  ['de', 'Wie lange dauert die Lieferung?'],
  ['de', 'Kann ich das umtauschen?'],
  ['fr', 'Combien coûte la livraison ?'],
  ['es', '¿Dónde está mi pedido?'],
  ['it', 'Posso restituire le scarpe?'],
  ['nl', 'Waar is mijn bestelling?'],
  ['pl', 'Ile kosztuje wysyłka?'],
  ['pt', 'Onde está a minha encomenda?'],
  ['sv', 'Hur lång är leveranstiden?'],
  ['cs', 'Kdy přijde moje objednávka?'],
  ['ru', 'Сколько стоит доставка?'],
  ['uk', 'Скільки коштує доставка?'],
  ['ar', 'كم تكلفة الشحن؟'],
  ['fa', 'هزینه ارسال چقدر است؟'],
  ['zh', '退货需要多少天？'],
  ['ja', '返品はできますか？'],
  ['ko', '배송은 얼마나 걸리나요?'],
  ['th', 'ค่าจัดส่งเท่าไหร่'],
  ['el', 'Πόσο κοστίζει η αποστολή;'],
  ['he', 'כמה עולה המשלוח?'],
  ['hi', 'डिलीवरी में कितना समय लगता है?'],
])('hears %s in "%s"', (language, text) => {
  expect(detect(text)).toMatchObject({ language });
});

it('does not guess at one or two words, and takes what the conversation speaks', () => {
  expect(detect('hours')).toEqual({ language: 'und', script: 'Latn', sure: false });
  expect(detect('hours', 'de')).toEqual({ language: 'de', script: 'Latn', sure: false });
  expect(detect('in blue?', 'en')).toEqual({ language: 'en', script: 'Latn', sure: false });
  expect(detect('12345', 'en')).toEqual({ language: 'en', script: 'Zyyy', sure: false });
  expect(detect('RT-1042 anna@example.org')).toMatchObject({ language: 'und', script: 'Zyyy' });
});

it.each([
  'Arden classic fault F11',
  'Nordfell heat pump message P-83',
  'TEL 408 no dial tone',
  'HB-9040 in a Linden AX Pro ok?',
])('does not take "%s" for another language', (text) =>
  expect(['en', 'und']).toContain(detect(text).language),
);

it('never takes a language that is not written so', () => {
  expect(detect('заказ', 'en')).toEqual({ language: 'und', script: 'Cyrl', sure: false });
  expect(detect('заказ', 'uk')).toMatchObject({ language: 'uk' });
  expect(detect('保修', 'en')).toEqual({ language: 'zh', script: 'Hani', sure: true });
});

it('hears English in every question of the demo shop that has three words', () => {
  const questions = ['tune', 'test'].flatMap((half) =>
    readFileSync(`data/shop/questions.${half}.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { q: string }).q),
  );
  const other = questions.filter((question) => !['en', 'und'].includes(detect(question).language));
  expect(questions.length).toBeGreaterThan(100);
  expect(other).toEqual([]);
});
