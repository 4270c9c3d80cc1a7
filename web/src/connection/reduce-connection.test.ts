import { describe, expect, it } from 'vitest';
import { CONNECTING, reduceConnection, type ConnectionEvent } from './reduce-connection.ts';

const phases = (...events: ConnectionEvent[]) => {
  let state = CONNECTING;
  return events.map((event) => (state = reduceConnection(state, event)).phase);
};

describe('reduceConnection', () => {
  it('says nothing when the first try succeeds', () => {
    expect(phases({ type: 'reached' })).toEqual(['online']);
  });

  it('goes through failed, connecting, back online and quiet', () => {
    expect(
      phases(
        { type: 'lost', deviceOnline: true },
        { type: 'try' },
        { type: 'reached' },
        { type: 'notice-read' },
      ),
    ).toEqual(['failed', 'connecting', 'restored', 'online']);
  });

  it('tells a device without a network from a server that does not answer', () => {
    expect(phases({ type: 'lost', deviceOnline: false })).toEqual(['offline']);
  });

  it('checks in silence while all is well', () => {
    expect(phases({ type: 'reached' }, { type: 'try' }, { type: 'reached' })).toEqual([
      'online',
      'online',
      'online',
    ]);
  });

  it('keeps "back online" up when another request succeeds', () => {
    expect(phases({ type: 'lost', deviceOnline: true }, { type: 'reached' }, { type: 'reached' })).toEqual([
      'failed',
      'restored',
      'restored',
    ]);
  });
});
