import { describe, expect, it } from 'vitest';
import { splitAnswerText } from './split-answer-text.ts';

const text = (value: string) => ({ kind: 'text', text: value });
const citation = (index: number) => ({ kind: 'citation', index });

describe('splitAnswerText', () => {
  it('takes markers apart from the text and drops the space before them', () => {
    expect(splitAnswerText('Shoes: 60 days. [1] Outlet: 30. [1][2]', new Set([1, 2]))).toEqual([
      {
        kind: 'paragraph',
        lines: [[text('Shoes: 60 days.'), citation(1), text(' Outlet: 30.'), citation(1), citation(2)]],
      },
    ]);
  });

  it('leaves brackets that cite nothing as they are', () => {
    expect(splitAnswerText('See note [7] and [x].', new Set([1]))).toEqual([
      { kind: 'paragraph', lines: [[text('See note [7] and [x].')]] },
    ]);
  });

  it('keeps line breaks within a paragraph and begins a new one after an empty line', () => {
    expect(splitAnswerText('a\nb\n\nc', new Set())).toEqual([
      { kind: 'paragraph', lines: [[text('a')], [text('b')]] },
      { kind: 'paragraph', lines: [[text('c')]] },
    ]);
  });

  it('reads list lines, numbered ones from their first number', () => {
    expect(splitAnswerText('You need:\n- a label [1]\n- a box\n3. Post it\n4. Wait', new Set([1]))).toEqual([
      { kind: 'paragraph', lines: [[text('You need:')]] },
      { kind: 'list', ordered: false, first: 1, items: [[text('a label'), citation(1)], [text('a box')]] },
      { kind: 'list', ordered: true, first: 3, items: [[text('Post it')], [text('Wait')]] },
    ]);
  });

  it('does not take a price, a year or a dash in the middle for a list', () => {
    expect(splitAnswerText('2026 is fine - really', new Set())).toEqual([
      { kind: 'paragraph', lines: [[text('2026 is fine - really')]] },
    ]);
  });

  it('gives nothing for empty text', () => {
    expect(splitAnswerText('\n \n', new Set())).toEqual([]);
  });
});
