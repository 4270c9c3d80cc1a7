import { expect, test } from 'vitest';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { TokenText } from './token-text.ts';

/** A vocabulary of single bytes, the worst case for characters. */
const bytes = {
  detokenize: (tokens: readonly Token[]) => new TextDecoder().decode(Uint8Array.from(tokens)),
} as Pick<LlamaModel, 'detokenize'>;

function write(values: Iterable<number>): string[] {
  const text = new TokenText(bytes);
  const pieces = [...values].map((value) => text.push(value as Token));
  return [...pieces, text.flush()];
}

test.each(['It costs €4.90.', 'Größe 42 – 👟!', '退货 👨‍👩‍👧'])('never half a character: %s', (expected) => {
  const pieces = write(new TextEncoder().encode(expected));
  expect(pieces.join('')).toBe(expected);
  for (const piece of pieces) expect(piece).not.toContain('\uFFFD');
});

test('a character cut off by the end is left out', () => {
  expect(write(new TextEncoder().encode('ok €').subarray(0, 5)).join('')).toBe('ok ');
});

test('broken bytes are let go and do not hold the rest back', () => {
  const pieces = write([...Array<number>(8).fill(0xff), 0x61]);
  expect(pieces.at(-2)).toBe('a');
});
