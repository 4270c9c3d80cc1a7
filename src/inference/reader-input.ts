import type { ReaderPassage, Span } from './contracts.ts';
import type { TokenRow } from './onnx-session.ts';
import { pairRow } from './pair-row.ts';
import type { EncodedText, WordPieces } from './word-pieces.ts';

/** How the room of one reader row is shared; the reader was trained with the first two numbers. */
export const READER_INPUT = {
  /** Word pieces of the question that are read. 8…100. */
  questionTokens: 40,
  /** Word pieces of a whole row, special tokens included. 64…512. */
  rowTokens: 256,
  /** Word pieces of the heading path. 0…100. A longer one would push the text out of the row. */
  headingTokens: 48,
} as const;

/** A row with the place of its text: token `textStart + i` lies at `spans[i]` of the passage's text. */
export interface ReaderRow extends TokenRow {
  textStart: number;
  spans: Span[];
}

/** `[CLS] question [SEP] heading: text [SEP]`, the text cut at the end. */
export function readerRow(pieces: WordPieces, question: EncodedText, passage: ReaderPassage): ReaderRow {
  const heading = passage.heading.trim();
  const before = heading === '' ? [] : pieces.encode(`${heading}: `, READER_INPUT.headingTokens).ids;
  const asked = question.ids.slice(0, READER_INPUT.questionTokens);
  const textStart = asked.length + 2 + before.length;
  const text = pieces.encode(passage.text, READER_INPUT.rowTokens - textStart - 1);
  return { ...pairRow(pieces, asked, [...before, ...text.ids]), textStart, spans: text.spans };
}
