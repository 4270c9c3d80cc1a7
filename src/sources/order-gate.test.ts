import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../stores/catalogue-contracts.ts';
import { createMemoryOrders, createMemoryCatalogue } from '../testing/memory-catalogue.ts';
import { createMemoryProofAttempts } from '../testing/memory-proof-attempts.ts';
import { orderRow, rowsOf } from '../testing/shop-rows.ts';
import { createEmbeddedSource } from './embedded-source.ts';
import {
  createOrderGate,
  pauseSeconds,
  PROOF_SETTINGS,
  type OrderGate,
  type ProofResult,
} from './order-gate.ts';
import type { OrderClaim } from './order-proof.ts';
import type { FactResult } from './source-contracts.ts';

const VICTIM = 'anna.kelling@mail.example';
const mine = orderRow({ number: 'MF-10009999', email: 'eve@mail.example' });
const { signal } = new AbortController();
const DAY = 86_400_000;

let time: number;
let gate: OrderGate;
let shown: Order[];
let asked: number;

async function openGate(readOther?: (number: string) => Promise<FactResult>): Promise<void> {
  const orders = createMemoryOrders();
  await orders.importOrders(rowsOf(orderRow(), mine), { replace: true });
  const source = createEmbeddedSource({
    name: 'orders',
    kinds: ['order'],
    catalogue: createMemoryCatalogue(),
    orders,
  });
  gate = createOrderGate({
    attempts: createMemoryProofAttempts(),
    readOrder: (number) => {
      asked += 1;
      return readOther?.(number) ?? source.read({ kind: 'order', key: number }, { signal });
    },
    now: () => time,
  });
}

async function prove(
  claim: Partial<OrderClaim>,
  caller: { talk?: string; from?: string } = {},
): Promise<ProofResult> {
  const whole = { number: 'MF-10002042', ...claim };
  const who = { conversationId: caller.talk ?? 'talk', address: caller.from ?? '203.0.113.7' };
  const result = await gate.prove(whole, who, { signal });
  if (result.outcome === 'proven') shown.push(result.order);
  return result;
}

beforeEach(async () => {
  time = Date.UTC(2026, 10, 21, 12);
  shown = [];
  asked = 0;
  await openGate();
});

/** Addresses that are not the victim's, however alike they look. */
function wrongEmails(): string[] {
  const [name = '', domain = ''] = VICTIM.split('@');
  const near = Array.from(name, (letter, at) => {
    const before = name.slice(0, at);
    const after = name.slice(at + 1);
    return [
      `${before}${after}@${domain}`,
      `${before}${letter}${letter}${after}@${domain}`,
      `${before}x${after}@${domain}`,
    ];
  }).flat();
  const alike = (
    [
      ['a', 'а'],
      ['e', 'е'],
      ['k', '\u212a'],
      ['l', 'ⅼ'],
      ['i', 'ı'],
      ['n', 'ո'],
      ['a', 'ａ'],
      ['.', '․'],
      ['@', '＠'],
      ['a', 'á'],
      ['a', 'a\u0301'],
      ['a', 'a\u200b'],
      ['l', '\u202el'],
      ['m', 'rn'],
      ['l', '1'],
      ['e', '\u{e0065}'],
    ] as const
  ).map(([from, to]) => VICTIM.replace(from, to));
  const injected = [
    "' OR '1'='1",
    `${VICTIM}' --`,
    `x@x' UNION SELECT * FROM orders --`,
    `%@%`,
    `*@*`,
    `_@_`,
    `${VICTIM}\0`,
    `${VICTIM}\n${VICTIM}`,
    `${VICTIM},eve@mail.example`,
    `eve@mail.example ${VICTIM}`,
    `<${VICTIM}>`,
    `"${VICTIM}"`,
    `mailto:${VICTIM}`,
    '{"$ne":null}',
    '[object Object]',
    '__proto__',
    'true',
    '@',
  ];
  const other = [
    mine.email,
    'nobody@nowhere.invalid',
    name,
    domain,
    `@${domain}`,
    `${name}@`,
    `${VICTIM}.evil.example`,
    `${name}+x@${domain}`,
    `${name.replace('.', '')}@${domain}`,
    `${name}@${domain}@${domain}`,
    'İ@mail.example',
    `anna.kelling@MAİL.example`,
    'ANNA.\u212aELLING@MAIL.EXAMPLE',
    `${'a'.repeat(5_000)}@${domain}`,
  ];
  return [...near, ...alike, ...injected, ...other];
}

describe('the gate before orders', () => {
  it("shows somebody else's order at none of 100 tries, though pauses are waited for", async () => {
    const tries = wrongEmails();
    expect(tries.length).toBeGreaterThanOrEqual(84);
    const outcomes = new Set<string>();
    for (const email of [...tries, ...tries.slice(0, 20).map((one) => one.toUpperCase())]) {
      time += 2 * DAY;
      outcomes.add((await prove({ email })).outcome);
    }
    expect(asked).toBeGreaterThanOrEqual(100);
    expect([...outcomes]).toEqual(['refused']);
    expect(shown).toEqual([]);
    time += 2 * DAY;
    expect(await prove({ email: VICTIM.toUpperCase() })).toMatchObject({ outcome: 'proven' });
  });

  it('pauses one who guesses without waiting: 3 of 100 tries are looked up, and the right one is not', async () => {
    const results = await Promise.all(
      wrongEmails()
        .slice(0, 100)
        .map((email) => prove({ email })),
    );
    expect(results.filter(({ outcome }) => outcome === 'refused')).toHaveLength(PROOF_SETTINGS.freeFailures);
    expect(asked).toBe(PROOF_SETTINGS.freeFailures);
    expect(await prove({ email: VICTIM })).toEqual({ outcome: 'paused', until: '2026-11-21T12:00:10.000Z' });
    expect(shown).toEqual([]);
  });

  it('says the same, in the same words, of an order that does not exist and of a wrong address', async () => {
    const replies: unknown[] = [];
    for (const number of ['MF-10002042', 'MF-00000000', "' OR 1=1 --", '']) {
      await openGate();
      for (let times = 0; times < 5; times += 1)
        replies.push(await prove({ number, email: 'eve@mail.example' }));
    }
    const [first, second, third, fourth] = [0, 5, 10, 15].map((from) => replies.slice(from, from + 5));
    expect(first).toEqual([
      { outcome: 'refused' },
      { outcome: 'refused' },
      { outcome: 'refused' },
      { outcome: 'paused', until: '2026-11-21T12:00:10.000Z' },
      { outcome: 'paused', until: '2026-11-21T12:00:10.000Z' },
    ]);
    expect([second, third, fourth]).toEqual([first, first, first]);
  });

  it.each([
    ['conversation', { from: 'elsewhere' }, 'MF-1'],
    ['address', { talk: 'another talk' }, 'MF-1'],
    ['order', { talk: 'another talk', from: 'elsewhere' }, 'mf 1000-2042'],
  ])('counts failures for the %s', async (_, caller, number) => {
    for (let times = 0; times < 3; times += 1) await prove({ email: 'eve@mail.example' });
    expect(await prove({ number, email: VICTIM }, caller)).toMatchObject({ outcome: 'paused' });
    expect(await prove({ number: 'MF-2', email: VICTIM }, { talk: 'new', from: 'new' })).toEqual({
      outcome: 'refused',
    });
  });

  it('doubles the pause up to a quarter of an hour', () => {
    expect([0, 1, 2, 3, 4, 5, 9, 10, 500].map(pauseSeconds)).toEqual([0, 0, 0, 10, 20, 40, 640, 900, 900]);
  });

  it("does not forget failures because one's own order was proven in between", async () => {
    for (let times = 0; times < 2; times += 1) {
      await prove({ email: 'eve@mail.example' });
      expect(await prove({ number: mine.number, email: mine.email })).toMatchObject({ outcome: 'proven' });
    }
    await prove({ email: 'eve@mail.example' });
    expect(await prove({ number: mine.number, email: mine.email })).toMatchObject({ outcome: 'paused' });
  });

  it('takes what the shop signed without pauses, and asks for a proof when there is none', async () => {
    for (let times = 0; times < 3; times += 1) await prove({ email: 'eve@mail.example' });
    const identity = { subject: '7', email: VICTIM, orders: [] };
    expect(await prove({ identity })).toMatchObject({ outcome: 'proven', source: 'orders' });
    expect(
      await prove({ email: 'eve@mail.example', identity: { ...identity, orders: ['mf10002042'] } }),
    ).toMatchObject({ outcome: 'proven' });
    const before = asked;
    expect(await prove({})).toEqual({ outcome: 'incomplete' });
    expect(await prove({ email: ' ' })).toEqual({ outcome: 'incomplete' });
    expect(asked).toBe(before);
  });

  it('counts no failure when the sources could not be asked', async () => {
    await openGate(async () => ({ outcome: 'failed', reason: 'too slow' }));
    for (let times = 0; times < 9; times += 1)
      expect(await prove({ email: VICTIM })).toEqual({ outcome: 'unchecked', reason: 'too slow' });
  });
});
