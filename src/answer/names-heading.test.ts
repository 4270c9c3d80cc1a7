import { describe, expect, it } from 'vitest';
import { namedHeading } from './names-heading.ts';

describe('namedHeading', () => {
  it('finds a title or heading of several words by all of them', () => {
    const text = 'What the post office takes is in the table of return costs.';
    expect(namedHeading(text, 'Shipping > Return costs')).toBe('Return costs');
    expect(namedHeading('A return is free.', 'Shipping > Return costs')).toBeNull();
  });

  it('takes a single word only where it is a name or pointed to', () => {
    expect(namedHeading('For the days see zones.', 'Zones')).toBe('Zones');
    expect(namedHeading('It fits the Curlew as well.', 'Curlew')).toBe('Curlew');
    expect(namedHeading('You can return it.', 'Return')).toBeNull();
    expect(namedHeading('Returns are free.', 'Returns')).toBeNull();
  });

  it('names the nearest heading first, and none for a heading without words of its own', () => {
    expect(namedHeading('See hire terms, deposit for tents.', 'Hire terms > Deposit for tents')).toBe(
      'Deposit for tents',
    );
    expect(namedHeading('It is what it is.', 'What is it')).toBeNull();
  });
});
