import { createHash } from 'node:crypto';
import type { KnowledgeChange } from '../stores/contracts.ts';
import { correctSpelling } from './correct-spelling.ts';
import type { Synonyms } from './synonyms.ts';
import type { openTermVocabulary } from './term-vocabulary.ts';

/** What the owner's documents and synonyms make of the words of a question. */
export interface QueryWords {
  /** The question with typing errors in terms of documents and catalogue corrected, or null where there is none. */
  corrected(text: string, language?: string): string | null;
  /** For the keyword index alone: the question with the owner's synonyms behind it. */
  expanded(text: string): string;
  /** Another one when synonyms are others, or the spelling began to be known. */
  version(): string;
  /** Takes in what changed in the documents. @throws cancelled */
  apply(change: KnowledgeChange): Promise<void>;
}

/** Rules for spelling are English; what cannot be told from it is tried. */
const CORRECTED_LANGUAGES = ['en', 'und'];

export function createQueryWords(
  vocabulary: ReturnType<typeof openTermVocabulary>,
  synonyms: Synonyms,
): QueryWords {
  const groups = createHash('sha256').update(JSON.stringify(synonyms.groups)).digest('hex');
  return {
    corrected: (text, language = 'und') => {
      if (!CORRECTED_LANGUAGES.includes(language)) return null;
      const { text: corrected, corrections } = correctSpelling(text, vocabulary.current());
      return corrections.length === 0 ? null : corrected;
    },
    expanded: (text) => synonyms.expand(text).text,
    version: () => `${groups} ${vocabulary.built()}`,
    apply: (change) => vocabulary.apply(change),
  };
}
