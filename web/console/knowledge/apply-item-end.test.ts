import { expect, it } from 'vitest';
import type { JobItem } from '../api/knowledge-types.ts';
import { applyItemEnd } from './apply-item-end.ts';

const item = (ordinal: number, state: string): JobItem => ({
  ...{ ordinal, state, source: `upload:${ordinal}`, name: `${ordinal}` },
  ...{ document_id: null, code: null, message: null, bytes: 1, retriable: false },
});
const show = (items: readonly JobItem[]) => items.map(({ ordinal, state }) => `${ordinal} ${state}`);

it('puts a file that ended in its place', () => {
  const items = [item(0, 'waiting'), item(1, 'waiting'), item(2, 'waiting')];
  expect(show(applyItemEnd(items, item(1, 'added'), null))).toEqual(['0 waiting', '1 added', '2 waiting']);
  expect(show(applyItemEnd(items, item(2, 'failed'), null)).at(-1)).toBe('2 failed');
});

it('takes it out of a filter that no longer fits, and into one that does', () => {
  expect(applyItemEnd([item(0, 'waiting')], item(0, 'added'), 'waiting')).toEqual([]);
  expect(show(applyItemEnd([item(3, 'failed')], item(1, 'failed'), 'failed'))).toEqual([
    '1 failed',
    '3 failed',
  ]);
  expect(show(applyItemEnd([], item(1, 'failed'), 'failed'))).toEqual(['1 failed']);
});

it('leaves what has not been loaded yet to the next page', () => {
  const items = [item(0, 'waiting'), item(1, 'waiting')];
  expect(applyItemEnd(items, item(500, 'added'), null)).toBe(items);
});
