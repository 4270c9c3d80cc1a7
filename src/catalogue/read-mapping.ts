import { AnswerboxError } from '../errors.ts';
import type { ColumnMapping } from './import-types.ts';

/** "Artikel-Nr=code" → { "Artikel-Nr": "code" }; the last "=" divides. @throws usage */
export function readMapping(pairs: readonly string[]): ColumnMapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, column = '', field = ''] = /^(.+)=\s*([^=]+?)\s*$/.exec(pair) ?? [];
      if (column.trim() === '')
        throw new AnswerboxError('usage', { reason: `A mapping is "column=field", not "${pair}".` });
      return [column.trim(), field];
    }),
  );
}
