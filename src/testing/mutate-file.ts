import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { Random } from '../intents/random.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** Share of archives whose members are changed and packed anew; else its bytes are, and its checks mostly catch that. */
const INSIDE = 0.8;
/** Share of texts in which whole pieces between marks change places, so that what is read stays nearly well formed. */
const PIECES = 0.5;
/** Marks of all formats of text: tags, strings, lists, lines. */
const MARK = /(?=[<{[(])|(?<=[>}\])\n;,])/;

/** A copy of a file with random changes, deep inside where the format is an archive. */
export function mutateFile(bytes: Uint8Array, random: Random): Uint8Array {
  const changes = 1 + Math.floor(random() * 24);
  if (isArchive(bytes) && random() < INSIDE) return mutateMembers(bytes, random, changes);
  return random() < PIECES ? mutatePieces(bytes, random, changes) : mutateBytes(bytes, random, changes);
}

function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;
}

/** One or two members are changed, now and then one is renamed, doubled or left out. */
function mutateMembers(bytes: Uint8Array, random: Random, changes: number): Uint8Array {
  const members = Object.entries(unzipSync(bytes));
  const result: Zippable = {};
  const chosen = new Set([0, 1].map(() => Math.floor(random() * members.length)));
  for (const [place, [name, content]] of members.entries()) {
    const level = name === 'mimetype' ? 0 : 1;
    const fate = random();
    if (!chosen.has(place)) result[name] = [content, { level }];
    else if (fate < 0.05) continue;
    else if (fate < 0.1) result[`${name}${'../'.repeat(Math.floor(random() * 3))}x`] = [content, { level }];
    else {
      const mutate = random() < PIECES ? mutatePieces : mutateBytes;
      result[name] = [mutate(content, random, changes), { level }];
    }
  }
  return zipSync(result);
}

/** Pieces between marks are doubled, cut, moved and repeated. */
function mutatePieces(bytes: Uint8Array, random: Random, changes: number): Uint8Array {
  const pieces = Buffer.from(bytes).toString('latin1').split(MARK);
  const anywhere = (): number => Math.floor(random() * pieces.length);
  for (let change = 0; change < changes && pieces.length > 0; change += 1) {
    const piece = pieces[anywhere()]!;
    const draw = random();
    if (draw < 0.3) pieces.splice(anywhere(), 1);
    else if (draw < 0.6) pieces.splice(anywhere(), 0, piece);
    else if (draw < 0.9) pieces[anywhere()] = piece;
    else pieces.splice(anywhere(), 0, ...Array.from({ length: Math.floor(random() * 300) }, () => piece));
  }
  return Buffer.from(pieces.join(''), 'latin1');
}
