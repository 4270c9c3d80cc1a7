import { expect, it } from 'vitest';
import { chooseThreshold, type ValidatedText } from './choose-threshold.ts';

const right = (scope: number): ValidatedText => ({ scope, inScope: true, right: true });
const wrong = (scope: number): ValidatedText => ({ scope, inScope: true, right: false });
const foreign = (scope: number): ValidatedText => ({ scope, inScope: false, right: false });

it('lies between texts that can be told apart', () => {
  const { threshold, figures } = chooseThreshold([right(2), right(3), foreign(-2), foreign(0)], 0);
  expect(threshold).toBe(1);
  expect(figures).toEqual({ in_scope_accuracy: 1, oos_recall: 1 });
});

it('rejects no more right texts than it may', () => {
  const texts = [right(1), right(2), right(3), right(4), foreign(1.5), foreign(2.5), foreign(0)];
  expect(chooseThreshold(texts, 0).figures).toEqual({ in_scope_accuracy: 1, oos_recall: 1 / 3 });
  expect(chooseThreshold(texts, 0.25).figures).toEqual({ in_scope_accuracy: 0.75, oos_recall: 2 / 3 });
  expect(chooseThreshold(texts, 0.5).figures).toEqual({ in_scope_accuracy: 0.5, oos_recall: 1 });
});

it('counts a wrong intent against the accuracy, wherever the threshold lies', () => {
  const { figures } = chooseThreshold([right(1), wrong(2), foreign(0)], 0);
  expect(figures).toEqual({ in_scope_accuracy: 0.5, oos_recall: 1 });
});

it('rejects nothing when no text out of scope can be caught', () => {
  const { threshold, figures } = chooseThreshold([right(1), right(2), foreign(5)], 0);
  expect(threshold).toBeLessThan(1);
  expect(figures).toEqual({ in_scope_accuracy: 1, oos_recall: 0 });
});
