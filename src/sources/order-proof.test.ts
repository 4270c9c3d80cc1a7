import { describe, expect, it } from 'vitest';
import { orderRow } from '../testing/shop-rows.ts';
import { checkOrderProof, comparableEmail } from './order-proof.ts';

const order = orderRow();
const number = order.number;
const identity = { subject: 'customer-7', email: null, orders: [] };

describe('proof of an order', () => {
  it.each(['Anna.Kelling@mail.example', 'anna.kelling@mail.example', '  ANNA.KELLING@MAIL.EXAMPLE\n'])(
    'is its number with the e-mail address %j',
    (email) => {
      expect(checkOrderProof({ number, email }, order)).toBe(true);
      expect(checkOrderProof({ number: 'mf10002042', email }, order)).toBe(true);
    },
  );

  it('is an identity with the address of the order, or one that names it', () => {
    expect(checkOrderProof({ number, identity: { ...identity, email: order.email } }, order)).toBe(true);
    expect(checkOrderProof({ number, identity: { ...identity, orders: ['mf-10002042'] } }, order)).toBe(true);
    expect(checkOrderProof({ number, identity: { ...identity, email: 'bo@mail.example' } }, order)).toBe(
      false,
    );
    expect(checkOrderProof({ number, identity: { ...identity, orders: ['MF-10002043'] } }, order)).toBe(
      false,
    );
    expect(checkOrderProof({ number, identity }, order)).toBe(false);
  });

  it('is one that the same conversation gave before, for that very order', () => {
    expect(checkOrderProof({ number, proven: 'mf10002042' }, order)).toBe(true);
    expect(checkOrderProof({ number, proven: 'MF-10002043' }, order)).toBe(false);
    expect(checkOrderProof({ number, proven: '' }, order)).toBe(false);
    expect(checkOrderProof({ number, proven: number }, null)).toBe(false);
  });

  it('is never given for an order that does not exist, or another than was asked for', () => {
    for (const email of [order.email, 'nobody@nowhere.invalid', ''])
      expect(checkOrderProof({ number, email }, null)).toBe(false);
    expect(checkOrderProof({ number: 'MF-10002043', email: order.email }, order)).toBe(false);
    expect(checkOrderProof({ number }, order)).toBe(false);
  });

  it('is never an empty or missing address, also when the order has none', () => {
    for (const email of ['', ' ', '\u200b', 'null', 'undefined'])
      expect(checkOrderProof({ number, email }, orderRow({ email }))).toBe(false);
  });
});

describe('an e-mail address for comparing', () => {
  it('is in lower case, also outside ASCII, and composed', () => {
    expect(comparableEmail(' JÜRGEN@Käse.Example ')).toBe('jürgen@käse.example');
    expect(comparableEmail('ju\u0308rgen@x.example')).toBe('jürgen@x.example');
  });

  it('makes no other letter one of ASCII', () => {
    expect(comparableEmail('\u212aelling@mail.example')).not.toBe('kelling@mail.example');
    expect(comparableEmail('\u0130da@mail.example')).not.toMatch(/^i[^\u0307]*@/);
    expect(comparableEmail('ａnna@mail.example')).not.toBe('anna@mail.example');
  });
});
