import { describe, expect, it } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import { readNewDocuments } from './read-new-documents.ts';

const sources = (documents: Parameters<typeof readNewDocuments>[0]): string[] =>
  readNewDocuments(documents).map(({ source }) => source);

function refusal(documents: Parameters<typeof readNewDocuments>[0]): string {
  try {
    readNewDocuments(documents);
  } catch (error) {
    if (error instanceof AnswerboxError && error.code === 'request_invalid') return error.message;
    throw error;
  }
  return 'taken';
}

describe('documents of a JSON body', () => {
  it('that only have a text are as many documents as there are texts, whatever request they come in', () => {
    const [tents] = sources([{ text: 'Tents are green.' }]);
    const [ropes] = sources([{ text: 'Ropes are red.' }]);
    expect(tents).toMatch(/^api:[0-9a-f]{64}$/);
    expect(ropes).not.toBe(tents);
    expect(sources([{ text: 'Ropes are red.' }, { base64: btoa('Tents are green.') }])).toEqual([
      ropes,
      tents,
    ]);
    // The same text twice is one document, and nothing is lost.
    expect(sources([{ text: 'Ropes are red.' }, { text: 'Ropes are red.' }])).toEqual([ropes, ropes]);
  });

  it('are known by their source, else title, else name', () => {
    const text = 'Ropes are red.';
    const named = { text, title: 'Ropes', name: 'ropes.md' };
    expect(sources([{ ...named, source: 'a' }, named, { text, name: 'ropes.md' }])).toEqual([
      'a',
      'api:Ropes',
      'api:ropes.md',
    ]);
  });

  it('are refused, both named, when one would replace the other; the same source twice is meant', () => {
    const [one, other] = [{ text: 'Ropes are red.' }, { text: 'Ropes are blue.' }];
    const twins = refusal([{ ...one, title: 'Ropes' }, { text: 'Between.' }, { ...other, title: 'Ropes' }]);
    expect(twins).toContain('documents/0 and documents/2');
    expect(twins).toContain('"Ropes"');
    expect(twins).toContain('"source"');
    expect(
      refusal([
        { ...one, name: 'a.md' },
        { ...other, name: 'a.md' },
      ]),
    ).toContain('"a.md"');
    expect(
      refusal([
        { ...one, name: 'a.md' },
        { ...other, source: 'api:a.md' },
      ]),
    ).toContain('documents/1');
    expect(
      refusal([
        { ...one, source: 's' },
        { ...other, source: 's' },
      ]),
    ).toBe('taken');
    expect(
      refusal([
        { ...one, name: 'a.md', title: 'Red' },
        { ...other, name: 'a.md', title: 'Blue' },
      ]),
    ).toBe('taken');
    expect(refusal([{ title: 'Nothing' }])).toContain('documents/0 needs either');
  });
});
