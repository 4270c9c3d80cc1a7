import { expect, it } from 'vitest';
import { readFilter, toQuery, writeFilter } from './ticket-filter.ts';

it('is the same after a way through the address', () => {
  const filter = readFilter({ status: 'open', q: 'wet tent & poles', foreign: 'x', tag: '' });
  expect(filter).toEqual({ status: 'open', q: 'wet tent & poles' });
  expect(readFilter(Object.fromEntries(new URLSearchParams(writeFilter(filter))))).toEqual(filter);
});

it('asks for what is to be done unless told otherwise', () => {
  expect(toQuery({})).toEqual({ status: 'open,pending' });
  expect(toQuery({ status: 'any', overdue: 'true', sort: 'due', view: 'board' })).toEqual({
    overdue: true,
    sort: 'due',
  });
});
