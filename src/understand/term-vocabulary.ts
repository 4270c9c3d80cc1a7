import { throwIfCancelled } from '../errors.ts';
import type { KnowledgeChange, KnowledgeStore } from '../stores/contracts.ts';
import { STOP_WORDS } from '../text/stop-words.ts';
import { stemmer } from 'stemmer';

export const VOCABULARY = {
  /** Chunks read at once, so that a question never waits for the building. */
  sliceChunks: 200,
  /** Most words kept; beyond, those that occur once are dropped (0.1 KB each). */
  maxTerms: 60_000,
  /** Letters of a word that may be misspelled or be a correction; shorter ones have too many neighbours. */
  leastLetters: 4,
  mostLetters: 30,
  /** Share of removed chunks from which on the words are counted anew. */
  rebuildShare: 0.1,
} as const;

export interface Term {
  /** In lower case, as documents and catalogue spell it. */
  word: string;
  /** Occurrences. */
  count: number;
  /** One bit a letter that occurs in it; see `correctSpelling`. */
  letters: number;
}

export interface TermVocabulary {
  /** Words that documents, catalogue or the language know, in any form. */
  knows(word: string): boolean;
  terms(): Iterable<Term>;
}

/** Words of documents and products with their frequencies; lookups by word and by Porter's stem. */
export class TermCounts implements TermVocabulary {
  readonly #terms = new Map<string, Term>();
  readonly #stems = new Set<string>();
  readonly #english: ReadonlySet<string>;
  readonly #maxTerms: number;

  /** @param english common words that are right though no document has them, in lower case */
  constructor(english: ReadonlySet<string> = new Set(), maxTerms: number = VOCABULARY.maxTerms) {
    this.#english = english;
    this.#maxTerms = maxTerms;
  }

  add(text: string, weight = 1): void {
    for (const [word] of text.toLowerCase().matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{M}]{2,}(?![\p{L}\p{N}])/gu)) {
      const term = this.#terms.get(word);
      if (term) term.count += weight;
      else {
        this.#terms.set(word, { word, count: weight, letters: letterSet(word) });
        this.#stems.add(stemOf(word));
      }
    }
    if (this.#terms.size > this.#maxTerms * 1.25) this.#dropRarest();
  }

  get size(): number {
    return this.#terms.size;
  }

  knows(word: string): boolean {
    return (
      this.#terms.has(word) ||
      STOP_WORDS.has(word) ||
      this.#english.has(word) ||
      this.#stems.has(stemOf(word)) ||
      baseForms(word).some((form) => this.#english.has(form))
    );
  }

  terms(): Iterable<Term> {
    return this.#terms.values();
  }

  /** The stems stay, so that a word of a dropped term is still known. */
  #dropRarest(): void {
    const rarestLast = [...this.#terms.values()].sort((left, right) => right.count - left.count);
    for (const { word } of rarestLast.slice(this.#maxTerms)) this.#terms.delete(word);
  }
}

/** One bit a letter, a–z first; other letters share six bits. Two spellings one edit apart differ in two bits at most. */
export function letterSet(word: string): number {
  let set = 0;
  for (const letter of word) {
    const code = letter.charCodeAt(0) - 97;
    set |= 1 << (code >= 0 && code < 26 ? code : 26 + ((code & 0x3fff) % 6));
  }
  return set;
}

function stemOf(word: string): string {
  return /^[a-z]+$/.test(word) ? stemmer(word) : word;
}

/** English words without their endings: "cheaper" is right when "cheap" is, "roomy" when "room" is. */
function baseForms(word: string): string[] {
  const stripped = ENDINGS.filter((ending) => ending.test(word)).map((ending) => word.replace(ending, ''));
  const forms = stripped.flatMap((form) => [
    form,
    `${form}e`,
    form.replace(/([^aeious])\1$/, '$1'),
    form.replace(/i$/, 'y'),
  ]);
  return forms.filter((form) => form.length >= VOCABULARY.leastLetters);
}

const ENDINGS = [/(?<=[^s])s$/, /es$/, /ed$/, /ing$/, /er$/, /est$/, /ly$/, /able$/, /ness$/, /less$/, /y$/];

/**
 * The vocabulary of the knowledge store and of product names, built in slices and kept current. Removed
 * chunks leave their words until a tenth of all is gone: a word too many does no harm, one missing might.
 */
export function openTermVocabulary(
  knowledge: Pick<KnowledgeStore, 'chunkIds' | 'getChunks'>,
  options: { english?: ReadonlySet<string>; productNames?: () => AsyncIterable<string> } = {},
): {
  current(): TermVocabulary;
  /** False until everything was read once. */
  built(): boolean;
  rebuild(signal?: AbortSignal): Promise<void>;
  apply(change: KnowledgeChange, signal?: AbortSignal): Promise<void>;
} {
  let counts = new TermCounts(options.english);
  let held = 0;
  let removed = 0;
  let built = false;
  const addChunks = async (
    target: TermCounts,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<void> => {
    for (let from = 0; from < ids.length; from += VOCABULARY.sliceChunks) {
      throwIfCancelled(signal);
      const chunks = await knowledge.getChunks(ids.slice(from, from + VOCABULARY.sliceChunks));
      for (const { headingPath, text } of chunks) target.add(`${headingPath}\n${text}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const rebuild = async (signal?: AbortSignal): Promise<void> => {
    const fresh = new TermCounts(options.english);
    const ids = await knowledge.chunkIds();
    await addChunks(fresh, ids, signal);
    if (options.productNames) for await (const name of options.productNames()) fresh.add(name, 3);
    [counts, held, removed, built] = [fresh, ids.length, 0, true];
  };
  return {
    current: () => counts,
    built: () => built,
    rebuild,
    apply: async (change, signal) => {
      held += change.added.length;
      removed += change.removed.length;
      if (removed > held * VOCABULARY.rebuildShare) await rebuild(signal);
      else await addChunks(counts, change.added, signal);
    },
  };
}
