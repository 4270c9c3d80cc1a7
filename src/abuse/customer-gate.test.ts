import { describe, expect, it } from 'vitest';
import { hasCode } from '../errors.ts';
import { openMemory } from '../stores/lmdb/open-memory.ts';
import { filesHolding } from '../testing/folder-bytes.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createVolatileAllowances } from '../testing/volatile-stores.ts';
import { createCustomerGate, type CustomerGate, type GateSettings } from './customer-gate.ts';
import { networkOf } from './message-budgets.ts';
import { createProofOfWork, leadingZeroBits, type Challenge } from './proof-of-work.ts';
import { createRateLimits } from './rate-limits.ts';

const BITS = 8;
const OPEN = {
  proof_of_work_bits: 0,
  visitor_messages_per_hour: 0,
  address_messages_per_hour: 0,
  address_streams: 0,
};

function openGate(settings: Partial<GateSettings>, now?: () => number): CustomerGate {
  const rates = createRateLimits(createVolatileAllowances(), now);
  return createCustomerGate({ ...OPEN, ...settings }, rates, now);
}

function solve({ challenge, bits }: Challenge) {
  for (let tried = 0; ; tried += 1) {
    const nonce = tried.toString(36);
    if (leadingZeroBits(challenge, nonce) >= bits) return { challenge, nonce };
  }
}

async function refusal(work: () => unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (hasCode(error, 'proof_needed') || hasCode(error, 'budget_spent')) return error.message;
    throw error;
  }
}

describe('a proof of work', () => {
  it('counts once, until it expires, and only for a challenge from here', async () => {
    let time = 0;
    const work = createProofOfWork(BITS, () => time);
    const solved = solve(work.issue());
    expect(await refusal(() => work.take(solved))).toBeNull();
    expect(await refusal(() => work.take(solved))).toContain('used before');
    expect(await refusal(() => work.take(undefined))).toContain('there is none');
    const late = solve(work.issue());
    time += 3_600_000;
    expect(await refusal(() => work.take(late))).toContain('expired');
    const foreign = solve(createProofOfWork(BITS, () => time).issue());
    expect(await refusal(() => work.take(foreign))).toContain('not from here');
    const { challenge } = work.issue();
    expect(
      await refusal(() => work.take({ challenge: challenge.replace(/\.8\./, '.0.'), nonce: '0' })),
    ).toContain('not from here');
    const unsolved = ['a', 'b', 'c', 'd'].find((nonce) => leadingZeroBits(challenge, nonce) < BITS)!;
    expect(await refusal(() => work.take({ challenge, nonce: unsolved }))).toContain('does not solve');
  });

  it('is asked for at the start of an anonymous conversation alone', async () => {
    const gate = openGate({ proof_of_work_bits: BITS });
    const admission = { visitor: null, address: '203.0.113.7', anonymousStart: true };
    expect(await refusal(() => gate.admit(admission))).toContain('proof of work');
    expect(await refusal(() => gate.admit({ ...admission, proof: solve(gate.challenge()!) }))).toBeNull();
    expect(await refusal(() => gate.admit({ ...admission, anonymousStart: false }))).toBeNull();
    expect(openGate({}).challenge()).toBeNull();
  });
});

describe('budgets', () => {
  it('let a burst through, then what flows in, and say how long to wait', async () => {
    let time = 0;
    const gate = openGate({ visitor_messages_per_hour: 60 }, () => time);
    const admission = { visitor: 'one', address: '127.0.0.1', anonymousStart: false };
    const admitted = async () => (await refusal(() => gate.admit(admission))) === null;
    // All at once: none is let through twice.
    const sent = await Promise.all(Array.from({ length: 20 }, admitted));
    expect(sent.filter(Boolean)).toHaveLength(15);
    expect(await refusal(() => gate.admit(admission))).toContain('60 seconds');
    expect(await refusal(() => gate.admit({ ...admission, visitor: 'two' }))).toBeNull();
    time += 60_000;
    expect([await admitted(), await admitted()]).toEqual([true, false]);
    // A clock that was set back gives and takes nothing.
    time -= 600_000;
    expect(await admitted()).toBe(false);
  });

  it('count an address whatever the visitor, and this machine not at all', async () => {
    const gate = openGate({ address_messages_per_hour: 20 }, () => 0);
    const sent = async (address: string) => {
      let through = 0;
      for (let at = 0; at < 9; at += 1) {
        const visitor = `visitor ${at}`;
        if ((await refusal(() => gate.admit({ address, visitor, anonymousStart: false }))) === null)
          through += 1;
      }
      return through;
    };
    expect(await sent('203.0.113.7')).toBe(5);
    expect(await sent('127.0.0.1')).toBe(9);
    expect((await sent('2001:db8:1:2::1')) + (await sent('2001:db8:1:2:ffff::9'))).toBe(5);
    expect(await sent('2001:db8:1:3::1')).toBe(5);
  });

  it('go on where they were in the next run, and fill up by the clock meanwhile', async () => {
    let time = 1_000_000;
    const folder = temporaryFolder();
    const run = async (work: (gate: CustomerGate) => Promise<void>) => {
      const memory = await openMemory({ folder, now: () => time });
      const settings = { ...OPEN, visitor_messages_per_hour: 5, address_messages_per_hour: 1000 };
      await work(
        createCustomerGate(
          settings,
          createRateLimits(memory.allowances, () => time),
        ),
      );
      await memory.close();
    };
    const admission = { visitor: 'one', address: '203.0.113.7', anonymousStart: false };
    await run(async (gate) => {
      for (let sent = 0; sent < 5; sent += 1) await gate.admit(admission);
    });
    await run(async (gate) => {
      expect(await refusal(() => gate.admit(admission))).toContain('720 seconds');
      expect(await refusal(() => gate.admit({ ...admission, visitor: 'two' }))).toBeNull();
    });
    time += 720_000;
    await run(async (gate) => {
      expect(await refusal(() => gate.admit(admission))).toBeNull();
      expect(await refusal(() => gate.admit(admission))).not.toBeNull();
    });
    expect(filesHolding(folder, '203.0.113.7')).toEqual([]);
  });

  it.each([
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::1', null],
    ['::ffff:127.0.0.1', null],
  ])('takes %s for %s', (address, network) => expect(networkOf(address)).toBe(network));
});
