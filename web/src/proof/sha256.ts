/** SHA-256 as FIPS 180-4 has it, for texts of ASCII: constants are made from the primes that define them. */

const [ROUND, START] = makeConstants();

function makeConstants(): [Uint32Array, Uint32Array] {
  const primes: number[] = [];
  for (let next = 2; primes.length < 64; next += 1)
    if (primes.every((prime) => next % prime !== 0)) primes.push(next);
  const fraction = (root: number): number => (root - Math.floor(root)) * 2 ** 32;
  return [
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
  ];
}

const words = new Uint32Array(64);
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The hash of a text, as eight words. */
export function sha256(text: string): Uint32Array {
  const blocks = ((text.length + 8) >> 6) + 1;
  const message = new Uint32Array(blocks * 16);
  for (let at = 0; at < text.length; at += 1) message[at >> 2]! |= text.charCodeAt(at) << (24 - (at & 3) * 8);
  message[text.length >> 2]! |= 0x80 << (24 - (text.length & 3) * 8);
  message[message.length - 1] = text.length * 8;
  const hash = Uint32Array.from(START);
  for (let block = 0; block < message.length; block += 16) addBlock(hash, message, block);
  return hash;
}

function addBlock(hash: Uint32Array, message: Uint32Array, from: number): void {
  for (let at = 0; at < 64; at += 1) {
    if (at < 16) {
      words[at] = message[from + at]!;
      continue;
    }
    const [older, newer] = [words[at - 15]!, words[at - 2]!];
    const one = turn(older, 7) ^ turn(older, 18) ^ (older >>> 3);
    const two = turn(newer, 17) ^ turn(newer, 19) ^ (newer >>> 10);
    words[at] = words[at - 16]! + one + words[at - 7]! + two;
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let at = 0; at < 64; at += 1) {
    const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const next = (h + mixed + ((e & f) ^ (~e & g)) + ROUND[at]! + words[at]!) | 0;
    const other = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + next) | 0, c, b, a, (next + other) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => (hash[at]! += word));
}

export function leadingZeroBits(text: string): number {
  let bits = 0;
  for (const word of sha256(text)) {
    bits += Math.clz32(word);
    if (word !== 0) break;
  }
  return bits;
}
