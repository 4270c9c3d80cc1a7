import type { StatementPair } from './contracts.ts';
import type { TokenRow } from './onnx-session.ts';
import { pairRow } from './pair-row.ts';
import type { WordPieces } from './word-pieces.ts';

/** How the room of one verifier row is shared; the verifier was trained with these numbers. */
export const VERIFIER_INPUT = {
  /** Word pieces of the statement that are read. 8…100. */
  statementTokens: 72,
  /** Word pieces of a whole row, special tokens included. 64…512. */
  rowTokens: 256,
} as const;

/** `[CLS] statement [SEP] evidence [SEP]`, either text cut at its end. */
export function verifierRow(pieces: WordPieces, { statement, evidence }: StatementPair): TokenRow {
  const said = pieces.encode(statement, VERIFIER_INPUT.statementTokens).ids;
  return pairRow(pieces, said, pieces.encode(evidence, VERIFIER_INPUT.rowTokens - said.length - 3).ids);
}
