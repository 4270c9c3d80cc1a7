import { expect, it } from 'vitest';
import { unitVectors } from '../../testing/synthetic-knowledge.ts';
import { packVectors, unpackVectors } from './eight-bit-vectors.ts';

const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

it('gives back vectors whose cosines are the same within two thousandths', () => {
  const make = unitVectors(5);
  const vectors = Array.from({ length: 40 }, () => make());
  const unpacked = unpackVectors(packVectors(vectors));
  expect(unpacked).toHaveLength(vectors.length);
  const other = make();
  for (const [index, vector] of vectors.entries()) {
    expect(Math.abs(dot(vector, other) - dot(unpacked[index]!, other))).toBeLessThan(0.002);
    expect(dot(vector, unpacked[index]!)).toBeGreaterThan(0.999);
  }
});

it('keeps nothing at all and a vector of zeros, and reads no bytes of another making', () => {
  expect(unpackVectors(packVectors([]))).toEqual([]);
  expect(unpackVectors(packVectors([new Float32Array(3)]))).toEqual([new Float32Array(3)]);
  expect(unpackVectors(packVectors([new Float32Array(3)]).slice(0, -1))).toEqual([]);
  expect(unpackVectors(new Uint8Array())).toEqual([]);
});
