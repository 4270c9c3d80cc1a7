import { expect, it } from 'vitest';
import { mainScript } from './main-script.ts';

it.each([
  ['How long does delivery take?', 'Latn'],
  ['Größe 42', 'Latn'],
  ['退货需要多少天？', 'Hani'],
  ['iPhone 保修多久', 'Hani'],
  ['返品はできますか', 'Jpan'],
  ['カメラ', 'Jpan'],
  ['배송은 얼마나', 'Hang'],
  ['Сколько стоит?', 'Cyrl'],
  ['كم تكلفة الشحن', 'Arab'],
  ['ค่าจัดส่งเท่าไหร่', 'Thai'],
  ['Do you sell the 北 backpack?', 'Latn'],
  ['12345?', 'Zyyy'],
  ['🙂', 'Zyyy'],
])('%s is %s', (text, script) => expect(mainScript(text)).toBe(script));
