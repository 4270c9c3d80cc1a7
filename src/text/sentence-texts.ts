import type { Span } from '../inference/contracts.ts';
import { splitPassage } from './split-passage.ts';

/** Sentences of a passage, and what the embedder sees of each: its place in the document, then its words. */
export function sentenceTexts(heading: string, text: string): { sentences: Span[]; texts: string[] } {
  const sentences = splitPassage(text);
  return { sentences, texts: sentences.map(({ start, end }) => `${heading}: ${text.slice(start, end)}`) };
}
