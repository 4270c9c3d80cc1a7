import { describe, expect, it } from 'vitest';
import { splitPassage } from '../text/split-passage.ts';
import { leadsOf } from './read-series.ts';

/** The sentences that come along with the one that begins so. */
function brought(text: string, begins: string): string[] {
  const sentences = splitPassage(text);
  const said = sentences.map(({ start, end }) => text.slice(start, end));
  const index = said.findIndex((one) => one.startsWith(begins));
  expect(index).toBeGreaterThanOrEqual(0);
  return leadsOf(text, sentences, index).map((place) => said[place]!);
}

describe('leadsOf', () => {
  const list =
    'Boots are made here. You have the right:\n\n- to see what we hold. It is free.\n- to have it erased. Write to us.';
  it('brings an item of a list its introduction and the beginning of the item', () => {
    expect(brought(list, '- to have')).toEqual(['You have the right:']);
    expect(brought(list, 'Write to us')).toEqual(['You have the right:', '- to have it erased.']);
  });

  it('brings nothing that only happens to stand before a list', () => {
    expect(
      brought('Tumble-dry it for 20 minutes.\n\n- Never iron it.\n- Never boil it.', '- Never boil'),
    ).toEqual([]);
  });

  it('brings a row of a bare table its header row', () => {
    expect(brought('In the store we take:\n\nMethod | Limit\nCash | €2,000\nCard | €5,000', 'Card')).toEqual([
      'Method | Limit',
    ]);
  });

  it('brings nothing to a row that names its columns, and nothing to prose', () => {
    const rows = 'Prices.\n\nService: Standard; Price: €14.90.\nService: Express; Price: €20.';
    expect(brought(rows, 'Service: Express')).toEqual([]);
    expect(brought(list, 'Boots')).toEqual([]);
  });
});
