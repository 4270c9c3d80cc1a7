import { expect, it } from 'vitest';
import { toBody, toData } from './library-item.ts';

it('sends what was filled in, and nothing that only the server writes', () => {
  const item = { id: 'a', name: 'Refund', updated_at: '2026-01-01', actions: [], reply: 'Hello', note: '' };
  expect(toBody(' Refund ', toData(item))).toEqual({ name: 'Refund', reply: 'Hello', actions: [] });
});
