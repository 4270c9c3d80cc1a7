import type { Citation } from './answer-types.ts';
import { pageAt } from '../text/page-at.ts';
import type { HeldSentence } from './path-types.ts';

/** The passage of the document that holds the sentence, verbatim, with its place. */
export function citeSentence({ passage, evidence }: HeldSentence): Omit<Citation, 'index'> {
  const { chunk } = passage;
  const start = chunk.start + evidence.start;
  const page = pageAt(chunk.pages, start);
  return {
    document_id: chunk.documentId,
    title: chunk.title,
    // The address comes with the document: only one that a browser opens as a page is passed on.
    url: chunk.url !== null && /^https?:\/\//i.test(chunk.url) ? chunk.url : null,
    quote: chunk.text.slice(evidence.start, evidence.end),
    start,
    end: chunk.start + evidence.end,
    ...(page !== undefined && { page }),
  };
}
