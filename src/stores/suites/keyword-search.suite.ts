import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syntheticDocument } from '../../testing/synthetic-knowledge.ts';
import type { KnowledgeStore } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

/** Every operator of FTS5's language, and what injections usually look like. */
const HOSTILE = [
  '"',
  '""',
  '"""boots',
  "boots'",
  'boots" OR "laces',
  'NEAR(boots laces, 1)',
  'NEAR(',
  'boots NEAR/2 laces',
  'boot*',
  '^boots',
  'heading_path:boots',
  '{heading_path text}: boots',
  '-heading_path: boots',
  'boots AND',
  'AND OR NOT',
  'boots NOT laces',
  '(((',
  ')',
  ':',
  '*',
  '+boots + laces',
  "'; DROP TABLE chunks; --",
  'chunk_words MATCH "boots"',
  'boots\u0000laces',
  '\ud800boots',
  '\u202eboots',
  '%',
  '?1',
  '$1',
];

/** A few documents in each of several scripts; the question's document is at `place`. */
const SCRIPTS: readonly [string, readonly string[], readonly [question: string, place: number][]][] = [
  [
    'Chinese',
    [
      '退货政策：收到商品后三十天内可以无条件退货，商品须未经使用并保留原包装。',
      '配送时间：国内订单通常在三到五个工作日内送达，偏远地区可能需要七天。',
      '保修说明：所有帐篷提供两年保修，人为损坏不在保修范围之内。',
      '支付方式：我们接受信用卡、支付宝和微信支付，也可以货到付款。',
      '会员积分：每消费一元累积一分，积分可以在下次购物时抵扣现金。',
    ],
    [
      ['退货需要多少天？', 0],
      ['我想把东西退掉，未使用的商品可以退货吗', 0],
      ['订单多久能送达？', 1],
      ['帐篷坏了，保修多长时间', 2],
      ['可以用微信付款吗？', 3],
      ['积分怎么用', 4],
    ],
  ],
  [
    'Japanese',
    [
      '返品は商品到着後30日以内にお願いします。未使用の商品に限ります。',
      '送料は全国一律500円です。5000円以上のご注文は送料無料になります。',
      'カメラのバッテリーの保証期間は購入日から1年間です。',
      'お支払いはクレジットカード、銀行振込、代金引換がご利用いただけます。',
    ],
    [
      ['返品できますか？', 0],
      ['送料はいくらですか', 1],
      ['バッテリーの保証は何年ですか？', 2],
      ['クレジットカードで支払えますか', 3],
      ['ｶﾒﾗの保証', 2],
    ],
  ],
  [
    'Thai',
    [
      'สามารถคืนสินค้าได้ภายใน 30 วันหลังจากได้รับสินค้า',
      'ค่าจัดส่งทั่วประเทศ 50 บาท ส่งฟรีเมื่อสั่งซื้อครบ 500 บาท',
      'เต็นท์ทุกรุ่นรับประกันสองปี',
    ],
    [
      ['ค่าจัดส่งเท่าไหร่', 1],
      ['คืนสินค้าได้ไหม', 0],
      ['เต็นท์รับประกันกี่ปี', 2],
    ],
  ],
  [
    'Russian',
    [
      'Возврат товара возможен в течение тридцати дней после получения.',
      'Доставка по России занимает от трёх до пяти рабочих дней.',
      'Гарантия на палатки составляет два года.',
    ],
    [
      ['Сколько дней занимает доставка?', 1],
      ['Какая гарантия на палатки?', 2],
      ['Возможен ли возврат товара?', 0],
    ],
  ],
  [
    'Arabic',
    [
      'يمكن إرجاع المنتج خلال ثلاثين يوما من استلامه.',
      'تكلفة الشحن داخل المملكة عشرون ريالا.',
      'مدة الضمان على الخيام سنتان.',
    ],
    [
      ['كم تكلفة الشحن؟', 1],
      ['ما مدة الضمان على الخيام؟', 2],
    ],
  ],
  [
    'Hindi',
    [
      'डिलीवरी में तीन से पाँच दिन लगते हैं।',
      'तीस दिन के भीतर सामान वापस किया जा सकता है।',
      'टेंट पर दो साल की वारंटी है।',
    ],
    [
      ['टेंट की वारंटी कितनी है?', 2],
      ['डिलीवरी कितने समय में?', 0],
    ],
  ],
];

/** Words of a question find chunks: ranked, stemmed, and never read as a query language. */
export function keywordSearchSuite(name: string, open: OpenStore<KnowledgeStore>): void {
  describe(`${name} as a keyword index`, () => {
    let store: KnowledgeStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());
    const put = async (source: string, text: string, title = source): Promise<number> =>
      (await store.putDocument(syntheticDocument(source, [text], { title }))).added[0]!;
    const found = async (query: string, limit = 10): Promise<number[]> =>
      (await store.searchKeywords(query, limit)).map(({ chunkId }) => chunkId);

    it('ranks what holds more and rarer words of the question first, scores falling', async () => {
      const both = await put('1', 'The warranty of the tent covers broken poles for two years.');
      const rare = await put('2', 'A warranty claim needs the receipt and a picture of the damage.');
      for (const color of ['red', 'green', 'blue', 'grey'])
        await put(color, `The ${color} tent has a porch and room for two.`);
      const hits = await store.searchKeywords('Is there a warranty on the tent?', 10);
      expect(hits.map(({ chunkId }) => chunkId).slice(0, 2)).toEqual([both, rare]);
      expect(hits.map(({ score }) => score)).toEqual(
        hits.map(({ score }) => score).sort((left, right) => right - left),
      );
      expect(hits[0]!.score).toBeGreaterThan(0);
    });

    it('finds a code however it is written', async () => {
      const dotted = await put('1', 'When F.28 is shown the burner has not lit.');
      const whole = await put('2', 'When F75 is shown the pressure sensor is stuck.');
      await put('3', 'The fan has 28 blades, the filter f needs 75 minutes.');
      for (const query of ['f28', 'F 28', 'F-28']) expect((await found(query))[0]).toBe(dotted);
      for (const query of ['f.75', 'F 75', 'F75']) expect((await found(query))[0]).toBe(whole);
    });

    it('finds words in headings too, and lets them weigh more', async () => {
      const inText = await put('1', 'Ask for a refund at the till within a week.', 'Shops');
      const inHeading = await put('2', 'Ask for the money at the till within a week.', 'Refund');
      expect(await found('refund')).toEqual([inHeading, inText]);
    });

    it('finds other forms of a word, whatever the case or the accents', async () => {
      const chunk = await put('1', 'We repaired the boots in our café.');
      for (const query of ['repairing', 'REPAIRS', 'Boot', 'cafe', 'CAFÉ'])
        expect(await found(query), query).toEqual([chunk]);
      expect(await found('repainting')).toEqual([]);
    });

    it.each(SCRIPTS)('puts the right %s document first', async (_, texts, questions) => {
      await put('en', 'Delivery takes three days. Returns are free within 30 days.');
      const ids: number[] = [];
      for (const [place, text] of texts.entries()) ids.push(await put(`${place}`, text, `№ ${place}`));
      for (const [question, place] of questions)
        expect((await found(question))[0], question).toBe(ids[place]);
    });

    it('finds words that are spelled with full-width letters, ligatures or signs', async () => {
      const chunk = await put('1', 'Model ＲＴ１０４２, ﬁts pillows of ½ m² – Gore-Tex™');
      await put('2', 'Another thing.');
      for (const query of ['rt1042', 'fits', 'm2', 'm²', 'ＲＴ１０４２', 'gore tex'])
        expect(await found(query), query).toEqual([chunk]);
    });

    it('gives no more than asked for, and nothing for a text without words', async () => {
      for (const part of ['1', '2', '3']) await put(part, `Boots, part ${part}.`);
      expect(await found('boots', 2)).toHaveLength(2);
      for (const query of ['', '   ', '?!…', '🥾', '\u0007'])
        expect(await found(query), JSON.stringify(query)).toEqual([]);
    });

    it('falls back on words like "what" when nothing else is asked', async () => {
      const chunk = await put('1', 'Who are we?');
      expect(await found('who are you')).toEqual([chunk]);
    });

    it.each(HOSTILE)('takes %j as words', async (query) => {
      const boots = await put('1', 'Boots with new soles.', 'Shoes');
      const laces = await put(
        '2',
        'Laces of one metre, sold in pairs for boots of every kind.',
        'Small things',
      );
      const bootlace = await put('3', 'A bootlacing guide.');
      const hits = await found(query);
      // Never a prefix, never a column of ours, never an exclusion.
      expect(hits).not.toContain(bootlace);
      if (/boot/.test(query)) expect(hits).toEqual(expect.arrayContaining([boots, laces]));
      else expect(hits.filter((id) => ![boots, laces].includes(id))).toEqual([]);
      expect(await store.counts()).toMatchObject({ documents: 3, chunks: 3 });
    });

    it('still finds a rare word among thousands of chunks that share the common ones', async () => {
      const many = Array.from({ length: 2_100 }, (_, index) => `The shop sells item ${index}.`);
      await store.putDocument(
        syntheticDocument('many', many, { embeddings: many.map(() => new Float32Array(4)) }),
      );
      const zebra = await put('zebra', 'The shop sells zebra covers.');
      expect((await found('does the shop sell zebra covers'))[0]).toBe(zebra);
      expect(await found('shop', 5)).toHaveLength(5);
    });
  });
}
