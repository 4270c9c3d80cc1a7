import { describe, expect, it } from 'vitest';
import { hasCode } from '../errors.ts';
import { createCustomerGate } from './customer-gate.ts';
import { networkOf } from './message-budgets.ts';
import { createProofOfWork, leadingZeroBits, type Challenge } from './proof-of-work.ts';

const BITS = 8;
const OPEN = { proof_of_work_bits: 0, visitor_messages_per_hour: 0, address_messages_per_hour: 0 };

function solve({ challenge, bits }: Challenge) {
  for (let tried = 0; ; tried += 1) {
    const nonce = tried.toString(36);
    if (leadingZeroBits(challenge, nonce) >= bits) return { challenge, nonce };
  }
}

function refusal(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (hasCode(error, 'proof_needed') || hasCode(error, 'budget_spent')) return error.message;
    throw error;
  }
}

describe('a proof of work', () => {
  it('counts once, until it expires, and only for a challenge from here', () => {
    let time = 0;
    const work = createProofOfWork(BITS, () => time);
    const solved = solve(work.issue());
    expect(refusal(() => work.take(solved))).toBeNull();
    expect(refusal(() => work.take(solved))).toContain('used before');
    expect(refusal(() => work.take(undefined))).toContain('there is none');
    const late = solve(work.issue());
    time += 3_600_000;
    expect(refusal(() => work.take(late))).toContain('expired');
    const foreign = solve(createProofOfWork(BITS, () => time).issue());
    expect(refusal(() => work.take(foreign))).toContain('not from here');
    const { challenge } = work.issue();
    expect(refusal(() => work.take({ challenge: challenge.replace(/\.8\./, '.0.'), nonce: '0' }))).toContain(
      'not from here',
    );
    const unsolved = ['a', 'b', 'c', 'd'].find((nonce) => leadingZeroBits(challenge, nonce) < BITS)!;
    expect(refusal(() => work.take({ challenge, nonce: unsolved }))).toContain('does not solve');
  });

  it('is asked for at the start of an anonymous conversation alone', () => {
    const gate = createCustomerGate({ ...OPEN, proof_of_work_bits: BITS });
    const admission = { visitor: null, address: '203.0.113.7', anonymousStart: true };
    expect(refusal(() => gate.admit(admission))).toContain('proof of work');
    expect(refusal(() => gate.admit({ ...admission, proof: solve(gate.challenge()!) }))).toBeNull();
    expect(refusal(() => gate.admit({ ...admission, anonymousStart: false }))).toBeNull();
    expect(createCustomerGate(OPEN).challenge()).toBeNull();
  });
});

describe('budgets', () => {
  it('let a burst through, then what flows in, and say how long to wait', () => {
    let time = 0;
    const gate = createCustomerGate({ ...OPEN, visitor_messages_per_hour: 60 }, () => time);
    const admission = { visitor: 'one', address: '127.0.0.1', anonymousStart: false };
    const admitted = () => refusal(() => gate.admit(admission)) === null;
    for (let sent = 0; sent < 15; sent += 1) expect(admitted()).toBe(true);
    expect(refusal(() => gate.admit(admission))).toContain('60 seconds');
    expect(refusal(() => gate.admit({ ...admission, visitor: 'two' }))).toBeNull();
    time += 60_000;
    expect([admitted(), admitted()]).toEqual([true, false]);
    // A clock that was set back gives and takes nothing.
    time -= 600_000;
    expect(admitted()).toBe(false);
  });

  it('count an address whatever the visitor, and this machine not at all', () => {
    const gate = createCustomerGate({ ...OPEN, address_messages_per_hour: 20 }, () => 0);
    const from = (address: string, visitor: string) =>
      refusal(() => gate.admit({ address, visitor, anonymousStart: false })) === null;
    const sent = (address: string) =>
      Array.from({ length: 9 }, (_, at) => from(address, `visitor ${at}`)).filter(Boolean).length;
    expect(sent('203.0.113.7')).toBe(5);
    expect(sent('127.0.0.1')).toBe(9);
    expect(sent('2001:db8:1:2::1') + sent('2001:db8:1:2:ffff::9')).toBe(5);
    expect(sent('2001:db8:1:3::1')).toBe(5);
  });

  it.each([
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::1', null],
    ['::ffff:127.0.0.1', null],
  ])('takes %s for %s', (address, network) => expect(networkOf(address)).toBe(network));
});
