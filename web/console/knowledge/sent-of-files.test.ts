import { expect, it } from 'vitest';
import { sentOfFiles, transferRate } from './sent-of-files.ts';

it('fills the files one after the other, and all of them at the end', () => {
  expect(sentOfFiles([100, 50, 0, 50], 0, 220)).toEqual([0, 0, 0, 0]);
  expect(sentOfFiles([100, 50, 0, 50], 55, 220)).toEqual([50, 0, 0, 0]);
  expect(sentOfFiles([100, 50, 0, 50], 132, 220)).toEqual([100, 20, 0, 0]);
  expect(sentOfFiles([100, 50, 0, 50], 220, 220)).toEqual([100, 50, 0, 50]);
  expect(sentOfFiles([100], 0, 0)).toEqual([0]);
});

it('tells rate and time left once something has gone over', () => {
  expect(transferRate(0, 100, 5)).toBeNull();
  expect(transferRate(10, 100, 0.1)).toBeNull();
  expect(transferRate(50, 200, 5)).toEqual({ rate: 10, left: 15 });
});
