import { AnswerboxError } from '../../errors.ts';

/** A place in a sorted list: the sort key and the id of the last row of a page, opaque to callers. */
export type CursorPlace = readonly (string | number)[];

export function writeCursor(place: CursorPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws request_invalid */
export function readCursor(cursor: string | undefined, length: number): CursorPlace | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === length && place.every(isSortable)) return place;
  } catch {
    // Told of below.
  }
  throw new AnswerboxError('request_invalid', { reason: 'the cursor is not one that a page before gave' });
}

function isSortable(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** One more row than the page holds says that there is another page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  placeOf: (row: Row) => CursorPlace,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null,
  };
}
