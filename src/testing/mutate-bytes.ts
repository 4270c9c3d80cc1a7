import type { Random } from '../intents/random.ts';

/** Texts that end a structure, begin one, or stand where a number is expected. */
const SIGNS = [
  '\0',
  '\xff',
  '<',
  '>',
  '"',
  '\\',
  '{',
  '[',
  '(',
  '%',
  '\r\n',
  '\n\n',
  '-1',
  '9'.repeat(20),
  '\ufeff',
  '--',
];
/** Longest piece that is moved, doubled or cut, bytes. */
const PIECE = 64;

/** A copy with so many random changes: bits, bytes, pieces cut, doubled or moved, the end cut off, signs put in. */
export function mutateBytes(bytes: Uint8Array, random: Random, changes: number): Uint8Array {
  let mutated = Buffer.from(bytes);
  for (let change = 0; change < changes && mutated.length > 0; change += 1) {
    const at = Math.floor(random() * mutated.length);
    const length = 1 + Math.floor(random() * Math.min(PIECE, mutated.length - at));
    const piece = mutated.subarray(at, at + length);
    const [before, after] = [mutated.subarray(0, at), mutated.subarray(at + length)];
    const to = Math.floor(random() * mutated.length);
    switch (Math.floor(random() * 7)) {
      case 0:
        mutated[at] = mutated[at]! ^ (1 << Math.floor(random() * 8));
        break;
      case 1:
        mutated[at] = Math.floor(random() * 256);
        break;
      case 2:
        mutated = Buffer.concat([before, after]);
        break;
      case 3:
        mutated = Buffer.concat([before, piece, piece, after]);
        break;
      case 4:
        mutated = Buffer.concat([mutated.subarray(0, to), piece, mutated.subarray(to)]);
        break;
      case 5:
        mutated = Buffer.concat([
          before,
          Buffer.from(SIGNS[Math.floor(random() * SIGNS.length)]!, 'utf8'),
          after,
        ]);
        break;
      default:
        if (random() < 0.2) mutated = Buffer.from(before);
    }
  }
  return mutated;
}
