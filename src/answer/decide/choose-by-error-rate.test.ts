import { describe, expect, it } from 'vitest';
import type { ConfidenceModel } from '../confidence.ts';
import { chooseByErrorRate, NEVER } from './choose-by-error-rate.ts';
import { previewSettings } from './preview-settings.ts';
import type { LabelledConfidence } from './selective-threshold.ts';

const MODEL: ConfidenceModel = {
  bias: 0,
  weights: { answerable: 1, sentence: 1, passages: 0 },
  map: null,
  decline: 0.4,
  caveat: 0.7,
};
/** Above `from` all are right, below every second one. */
function rows(count: number, intent: string, from: number): LabelledConfidence[] {
  return Array.from({ length: count }, (_, index) => {
    const confidence = (index + 0.5) / count;
    const right = confidence >= from || index % 2 === 0;
    return { confidence, right, answerable: right, intent };
  });
}
const rates = { mostWrong: 0, byIntent: {}, caveats: true };
const of = (intent: string) => ({ intent });

describe('chooseByErrorRate', () => {
  it('takes the thresholds as fitted when the owner names no rate', () => {
    const confidence = chooseByErrorRate('fit', MODEL, rows(400, 'returns', 0.5), rates);
    expect(confidence.modelFor(null)).toMatchObject({ decline: 0.4, caveat: 0.7 });
    expect(confidence.modelFor(of('returns'))).toMatchObject({ decline: 0.4, caveat: 0.7 });
  });

  it('answers without a caveat where the rate is kept, from each intent’s own questions', () => {
    const sample = [...rows(800, 'returns', 0.2), ...rows(800, 'payment', 0.8)];
    const confidence = chooseByErrorRate('fit', MODEL, sample, { ...rates, mostWrong: 0.05 });
    const [returns, payment] = [confidence.modelFor(of('returns')), confidence.modelFor(of('payment'))];
    expect(returns.caveat).toBeLessThan(0.25);
    expect(payment.caveat).toBeGreaterThan(0.75);
    expect(returns.decline).toBe(returns.caveat);
    expect(payment.decline).toBe(0.4);
    // An intent without questions of its own is held to what all of them allow.
    expect(confidence.modelFor(of('booking'))).toEqual(confidence.modelFor(null));
  });

  it('gives nothing without a caveat where the sample is too small for the promise', () => {
    const sample = rows(60, 'returns', 0.2);
    const confidence = chooseByErrorRate('fit', MODEL, sample, { ...rates, mostWrong: 0.01 });
    expect(confidence.modelFor(null)).toMatchObject({ caveat: NEVER, decline: 0.4 });
  });

  it('gives nothing at all then, when the owner wants no caveats', () => {
    const sample = rows(60, 'returns', 0.2);
    const strict = { ...rates, mostWrong: 0.01, caveats: false };
    expect(chooseByErrorRate('fit', MODEL, sample, strict).modelFor(null).decline).toBe(NEVER);
  });

  it('has another name with other rates, so that stored answers are not served under them', () => {
    const named = (mostWrong: number) => chooseByErrorRate('fit', MODEL, [], { ...rates, mostWrong }).name;
    expect(named(0.02)).not.toBe(named(0.05));
    expect(named(0.02)).toBe(named(0.02));
  });
});

describe('previewSettings', () => {
  const sample = rows(800, 'returns', 0.5);

  it('splits all questions, and answers more the more may be wrong', () => {
    const { rows: preview, questions } = previewSettings(sample, MODEL, { rates: [0, 0.02, 0.1] });
    expect(questions).toBe(800);
    for (const row of preview) {
      const shares = [row.answered, row.answered_with_caveat, row.handed_over_or_declined];
      expect(shares.reduce((sum, one) => sum + (one?.share ?? 0), 0)).toBeCloseTo(1, 3);
    }
    const [fitted, strict, loose] = preview;
    expect(fitted).toMatchObject({ most_wrong_answers: 0, decline: 0.4, caveat: 0.7, promised: null });
    expect(strict!.answered!.share).toBeLessThan(loose!.answered!.share);
    expect(strict!.wrong!.share).toBeLessThanOrEqual(0.02);
    expect(strict!.promised).toBeLessThanOrEqual(0.02);
    expect(loose!.wrong!.high).toBeGreaterThan(loose!.wrong!.share);
  });

  it('says how many right answers a rate that cannot be promised would need', () => {
    const { rows: preview, least_right_answers } = previewSettings(rows(40, 'returns', 0), MODEL, {
      rates: [0.01],
    });
    expect(preview[0]).toMatchObject({ caveat: null, promised: null, wrong: null });
    expect(least_right_answers['0.01']).toBeGreaterThan(300);
  });
});
