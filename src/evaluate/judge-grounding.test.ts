import { describe, expect, it } from 'vitest';
import { createFakeModelHost } from '../inference/fakes.ts';
import { judgePair, type PairJudgements } from './judge-grounding.ts';

const EVIDENCE = 'You can return unworn shoes within 60 days. Sale items cannot be returned.';

/** The judges' words when the verifier gives this probability. */
function judge(statement: string, probability: number): Promise<PairJudgements> {
  const { verifier } = createFakeModelHost({
    verify: async (pairs) => {
      expect(pairs).toEqual([{ statement, evidence: `Returns: ${EVIDENCE}` }]);
      return [probability];
    },
  });
  const pair = { statement, evidence: EVIDENCE, heading: 'Returns', held: true };
  return judgePair(pair, verifier, new AbortController().signal);
}
const accepted = ({ check, verifier, both }: PairJudgements) =>
  [check, verifier!, both!].map((one) => one.accepted);

describe('judgePair', () => {
  it('accepts what the check and the verifier accept', async () => {
    const said = await judge('Unworn shoes can be returned within 60 days.', 0.7);
    expect(accepted(said)).toEqual([true, true, true]);
    expect(said.both).toMatchObject({ score: 0.7, kind: 'held' });
  });

  it('refuses what either refuses', async () => {
    expect(accepted(await judge('Unworn shoes can be returned within 60 days.', 0.2))).toEqual([
      true,
      false,
      false,
    ]);
    const changed = await judge('Unworn shoes can be returned within 30 days.', 0.9);
    expect(accepted(changed)).toEqual([false, true, false]);
    expect(changed.both?.score).toBe(0);
  });

  it('takes a copy for held whatever the verifier says, and counts no time of it', async () => {
    const said = await judge('Sale items cannot be returned.', 0.1);
    expect(accepted(said)).toEqual([true, false, true]);
    expect(said.both?.milliseconds).toBe(said.check.milliseconds);
  });

  it('has the check alone without a verifier', async () => {
    const pair = {
      statement: 'Sale items can be returned.',
      evidence: EVIDENCE,
      held: false,
      kind: 'negation',
    };
    const said = await judgePair(pair, null, new AbortController().signal);
    expect(said).toMatchObject({ check: { accepted: false, kind: 'negation' }, verifier: null, both: null });
  });
});
