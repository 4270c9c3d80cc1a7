import { AnswerboxError } from '../errors.ts';
import type { ColumnMapping } from './import-types.ts';

/** "Artikel-Nr=code" → { "Artikel-Nr": "code" }; the last "=" divides. @throws usage */
export function readMapping(pairs: readonly string[]): ColumnMapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      const [column, field] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
      if (column === '' || field === '')
        throw new AnswerboxError('usage', { reason: `A mapping is "column=field", not "${pair}".` });
      return [column, field];
    }),
  );
}
