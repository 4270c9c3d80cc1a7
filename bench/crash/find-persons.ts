import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from './ledger.ts';
import { PERSON } from './run-load.ts';

/** Bytes in all of a person's words: `PERSON` and twelve hexadecimal digits. */
const DIGITS = 12;

/**
 * Looks through every byte of a folder for persons who were erased; and for those whose erasure was broken off,
 * whether all or nothing of them is there.
 */
export function findPersons(folder: string, ledger: Ledger, database: PersonCounter): string[] {
  const erased = new Set(ledger.acknowledged('erase').map(({ word }) => word));
  const seen = wordsIn(folder);
  const found = [...erased].flatMap((word) => {
    const files = seen.get(word);
    return files === undefined ? [] : [`${word} was erased and is in ${[...files].join(', ')}`];
  });
  const whole = new Set(ledger.acknowledged('person').map(({ word }) => word));
  for (const { word, email } of ledger.open('erase', 'word')) {
    if (!whole.has(word)) continue;
    const { customers, tickets, messages } = database(email, word);
    const isWhole = customers === 1 && tickets === 1 && messages >= 1;
    const isGone = customers === 0 && tickets === 0 && messages === 0;
    if (!isWhole && !isGone)
      found.push(`${word} is half erased: ${JSON.stringify({ customers, tickets, messages })}`);
    else if (isGone && seen.has(word))
      found.push(`${word} is erased, and its bytes are in ${[...seen.get(word)!].join(', ')}`);
  }
  return found;
}

export type PersonCounter = (
  email: string,
  word: string,
) => { customers: number; tickets: number; messages: number };

/** Every person's word in a folder, and the files that it is in. As UTF-8 and UTF-16. */
function wordsIn(folder: string): Map<string, Set<string>> {
  const words = new Map<string, Set<string>>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(path);
    for (const [prefix, step] of [
      [Buffer.from(PERSON, 'latin1'), 1],
      [Buffer.from(PERSON, 'utf16le'), 2],
    ] as const)
      for (let at = bytes.indexOf(prefix); at >= 0; at = bytes.indexOf(prefix, at + 1)) {
        const end = at + prefix.length + DIGITS * step;
        const word = bytes.subarray(at, end).toString(step === 1 ? 'latin1' : 'utf16le');
        words.set(word, (words.get(word) ?? new Set()).add(name));
      }
  }
  return words;
}
