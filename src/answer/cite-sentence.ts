import type { Citation } from './answer-types.ts';
import type { HeldSentence } from './path-types.ts';

/** The passage of the document that holds the sentence, verbatim, with its place. */
export function citeSentence({ passage, evidence }: HeldSentence): Omit<Citation, 'index'> {
  const { chunk } = passage;
  return {
    document_id: chunk.documentId,
    title: chunk.title,
    // The address comes with the document: only one that a browser opens as a page is passed on.
    url: chunk.url !== null && /^https?:\/\//i.test(chunk.url) ? chunk.url : null,
    quote: chunk.text.slice(evidence.start, evidence.end),
    start: chunk.start + evidence.start,
    end: chunk.start + evidence.end,
  };
}
