import type { TokenRow } from './onnx-session.ts';
import type { WordPieces } from './word-pieces.ts';

/** `[CLS] first [SEP] second [SEP]`, as a cross-encoder reads two texts: token types 0 up to the first [SEP], then 1. */
export function pairRow(
  { clsId, sepId }: Pick<WordPieces, 'clsId' | 'sepId'>,
  first: readonly number[],
  second: readonly number[],
): TokenRow {
  const ids = [clsId, ...first, sepId, ...second, sepId];
  const types = ids.map((_, index) => (index < first.length + 2 ? 0 : 1));
  return { ids, types };
}
