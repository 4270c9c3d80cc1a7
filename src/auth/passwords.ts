import { hash, verify } from '@node-rs/argon2';
import { AnswerboxError } from '../errors.ts';
import { AUTH } from './auth-settings.ts';

/** Of a password that nobody has: an unknown address takes the time of a known one. */
let nobody: Promise<string> | null = null;

/** Words that a guesser tries first, alone or with digits and signs around them. */
const COMMON =
  /^[\W\d_]*(?:password|passwort|answerbox|support|helpdesk|welcome|willkommen|letmein|administrator|admin|qwertyuiop|qwertzuiop|qwerty|qwertz|iloveyou|changeme|secret|geheim|master|login|default|computer|football|monkey|dragon|sunshine|princess)+[\W\d_]*$/i;

export interface Passwords {
  /** @throws password_weak, overloaded */
  hash(password: string, about: readonly string[]): Promise<string>;
  /** Takes the same time with no hash to compare with. @throws overloaded */
  matches(password: string, passwordHash: string | null): Promise<boolean>;
}

/** Passwords by argon2id (RFC 9106). */
export function createPasswords(): Passwords {
  const queue = createQueue();
  return {
    hash: async (password, about) => {
      checkPassword(password, about);
      return queue(() => hash(password.normalize('NFC'), AUTH.argon2));
    },
    matches: (password, passwordHash) =>
      queue(async () => {
        nobody ??= hash('nobody has this password', AUTH.argon2);
        // Cut, so that a huge text costs no more than a password.
        const given = password.slice(0, AUTH.longestPassword + 1).normalize('NFC');
        const same = await verify(passwordHash ?? (await nobody), given);
        return same && passwordHash !== null;
      }),
  };
}

/**
 * @param about what a guesser knows: name, address, shop
 * @throws password_weak
 */
export function checkPassword(password: string, about: readonly string[]): void {
  const weak = (reason: string): AnswerboxError => new AnswerboxError('password_weak', { reason });
  const { length } = Array.from(password);
  if (length < AUTH.shortestPassword)
    throw weak(`it has ${length} characters; at least ${AUTH.shortestPassword} are needed`);
  if (length > AUTH.longestPassword)
    throw weak(`it has ${length} characters; at most ${AUTH.longestPassword} are taken`);
  if (new Set(password.toLowerCase()).size < 5) throw weak('it repeats too few characters');
  if (isRow(password)) throw weak('it is a row of the alphabet, of digits or of the keyboard');
  if (COMMON.test(password)) throw weak('it is a word that guessers try first');
  const lower = password.toLowerCase();
  const known = about
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .find((word) => word.length >= 5 && lower.includes(word) && word.length * 2 >= lower.length);
  if (known !== undefined) throw weak(`it is mostly "${known}", which others know of you`);
}

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];

function isRow(password: string): boolean {
  const lower = password.toLowerCase();
  return ROWS.some((row) => row.includes(lower) || Array.from(row).reverse().join('').includes(lower));
}

/** So many at once, the rest in turn, and no endless queue. */
function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= AUTH.hashesAtOnce) {
      if (waiting.length >= AUTH.hashesWaiting)
        throw new AnswerboxError('overloaded', { waiting: waiting.length, seconds: 5 });
      await new Promise<void>((start) => waiting.push(start));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
