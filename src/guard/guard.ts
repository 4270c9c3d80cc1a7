import { attackSpans, withoutAttacks } from './attack-spans.ts';
import { findAttack } from './find-attack.ts';
import { findHarm, type Harm } from './find-harm.ts';
import { findPrivate, type OwnContacts } from './find-private.ts';
import { hasSecret } from './find-secret.ts';
import type { GuardFile } from './guard-file.ts';

interface Span {
  start: number;
  end: number;
}

/** Why a text must not be shown. */
export type Withheld = 'attack' | 'private' | 'secret' | 'prompt';

/** What may reach a model as an instruction, and what may reach a customer at all. Deterministic. */
export interface Guard {
  /** Another one when the owner's file says otherwise. */
  readonly identity: string;
  /** What harm a customer's text asks for, or null. */
  harmIn(text: string): Harm | null;
  /** The question without sentences that try to command the assistant; '' when it is nothing else. */
  questionOf(text: string): string;
  /** One flag a sentence: it must not be shown. Every attack is logged once with its source. */
  withheld(passage: { text: string; sentences: readonly Span[]; source: string }, asked: string): boolean[];
  /** Why this text must not be shown, or null. */
  whyWithheld(text: string, asked: string): Withheld | null;
  /** A title, a product's name or another short label, without attacks; '' when nothing is left. */
  labelOf(text: string): string;
}

export interface GuardOptions {
  /** The shop's own contacts, as they are now. */
  contact: () => { email: string | null; phone: string | null; url?: string | null };
  file: GuardFile;
  log: (message: string) => void;
}

/** Words in a row that a shown text may share with the instructions to the generator. */
const PROMPT_WORDS = 7;
/** Attacks that are remembered as logged. */
const LOGGED = 1_000;
/** Passages whose attacks are remembered; looking for them takes about 1 ms a sentence. */
const REMEMBERED = 5_000;

/** @param prompts the instructions that the generators are given */
export function createGuard({ contact, file, log }: GuardOptions, prompts: readonly string[]): Guard {
  const runs = new Set(prompts.flatMap(wordRuns));
  const logged = new Set<string>();
  const seen = new Map<string, boolean[]>();
  const allowed = new Set(file.allowedSentences.map(comparable));
  const isAllowed = (sentence: string): boolean => allowed.size > 0 && allowed.has(comparable(sentence));
  const attacksIn = (text: string, sentences: readonly Span[]): boolean[] => {
    const known = seen.get(text);
    if (known?.length === sentences.length) return known;
    if (seen.size >= REMEMBERED) seen.clear();
    const attacks = attackSpans(text, sentences, isAllowed);
    seen.set(text, attacks);
    return attacks;
  };
  const note = (source: string, sentence: string): void => {
    const key = `${source}\n${sentence}`;
    if (logged.has(key)) return;
    if (logged.size >= LOGGED) logged.clear();
    logged.add(key);
    log(
      `guard: "${source}" holds a sentence that speaks to the assistant; it is not used (if it is your own, add it to allowed_sentences in guard.json): ${JSON.stringify(sentence.slice(0, 200))}`,
    );
  };
  const leaves = (text: string, asked: string): Withheld | null => {
    if (hasSecret(text, file.secretPatterns)) return 'secret';
    if (findPrivate(text, ownContacts(contact(), file.ownContacts), asked) !== null) return 'private';
    return wordRuns(text).some((run) => runs.has(run)) ? 'prompt' : null;
  };
  return {
    identity: JSON.stringify([
      file.ownContacts,
      file.secretPatterns.map(String),
      file.allowedSentences.map(comparable),
    ]),
    harmIn: findHarm,
    questionOf: (text) => withoutAttacks(text, 'question'),
    withheld: ({ text, sentences, source }, asked) => {
      const attacks = attacksIn(text, sentences);
      return sentences.map(({ start, end }, index) => {
        const sentence = text.slice(start, end);
        if (attacks[index]) note(source, sentence);
        return attacks[index] === true || leaves(sentence, asked) !== null;
      });
    },
    whyWithheld: (text, asked) =>
      !isAllowed(text) && findAttack(text, 'document') !== null ? 'attack' : leaves(text, asked),
    labelOf: (text) => (isAllowed(text) ? text : withoutAttacks(text, 'document')),
  };
}

function ownContacts(
  { email, phone, url }: ReturnType<GuardOptions['contact']>,
  own: readonly string[],
): OwnContacts {
  const all = [email, ...own].filter((one): one is string => one !== null && one !== undefined);
  const host = /^https?:\/\/(?:www\.)?([^/:]+)/i.exec(url ?? '')?.[1];
  return {
    domains: [
      ...all.flatMap((one) => /@(.+)$/.exec(one.toLowerCase())?.[1] ?? []),
      ...own.filter((one) => /^[\w-]+(?:\.[\w-]+)+$/.test(one)).map((one) => one.toLowerCase()),
      ...(host === undefined ? [] : [host.toLowerCase()]),
    ],
    addresses: all.map((one) => one.toLowerCase()),
    numbers: [phone ?? '', ...own]
      .map((one) => one.toLowerCase().replace(/[^a-z0-9]/g, ''))
      .filter((one) => one.length >= 5),
  };
}

/** Case, white space, marks of lists and the marks at the end do not matter. */
function comparable(sentence: string): string {
  const words = sentence.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean).join(' ');
  return words.replace(/^(?:[-*•–]|\d{1,3}[.)]) /, '').replace(/[.!?]{1,3}$/, '');
}

/** Each run of {@link PROMPT_WORDS} words. */
function wordRuns(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - PROMPT_WORDS + 1))
    .map((_, at) => words.slice(at, at + PROMPT_WORDS).join(' '));
}
