/** A run of text on one line without a wide gap, in points from the top left of the page. */
export interface Segment {
  text: string;
  left: number;
  right: number;
  baseline: number;
  /** Size of the type, points. */
  size: number;
  isBold: boolean;
}

/** What stands on one line across the page, left to right. */
export interface Row {
  baseline: number;
  segments: Segment[];
}

/** A piece of text as the PDF draws it. */
export interface Glyphs {
  text: string;
  left: number;
  width: number;
  baseline: number;
  size: number;
  isBold: boolean;
}

export const PDF_LINES = {
  /** Type sizes that two pieces of one line may differ in height, 0.2…0.6: a footnote's number stands 0.35 above. */
  rise: 0.4,
  /** Type sizes between two pieces from which on they stand in different columns, 0.7…2. */
  gap: 1,
  /** Type sizes between two letters that are a space, 0.1…0.3. */
  space: 0.15,
} as const;

/** A list's mark that stands alone before its text. */
const MARK = /^(?:[•‣▪●○◦–*-]|\(?(?:\d{1,3}|[a-z])[.)])$/i;

/** Pieces of text → rows of segments, top to bottom. */
export function rowsOf(pieces: readonly Glyphs[]): Row[] {
  const sorted = pieces
    .filter(({ text }) => text.trim() !== '')
    .sort((one, other) => one.baseline - other.baseline || one.left - other.left);
  const rows: { baseline: number; size: number; pieces: Glyphs[] }[] = [];
  for (const piece of sorted) {
    const row = rows.at(-1);
    const reach = PDF_LINES.rise * Math.max(row?.size ?? 0, piece.size);
    if (row && piece.baseline - row.baseline <= reach) {
      row.pieces.push(piece);
      // The larger type sets the line: a raised number before it does not.
      if (piece.size > row.size) Object.assign(row, { baseline: piece.baseline, size: piece.size });
    } else rows.push({ baseline: piece.baseline, size: piece.size, pieces: [piece] });
  }
  return rows.map((row) => ({ baseline: row.baseline, segments: segmentsOf(row.pieces, row.baseline) }));
}

function segmentsOf(pieces: Glyphs[], baseline: number): Segment[] {
  const segments: Segment[] = [];
  for (const piece of pieces.sort((one, other) => one.left - other.left)) {
    const open = segments.at(-1);
    const gap = open ? piece.left - open.right : Infinity;
    const size = Math.max(open?.size ?? 0, piece.size);
    if (!open || (gap > PDF_LINES.gap * size && !MARK.test(open.text.trim()))) {
      const { text, left, width, isBold } = piece;
      segments.push({ text, left, right: left + width, baseline, size: piece.size, isBold });
      continue;
    }
    // Drawn twice, a little apart, to look bold.
    if (gap < -0.8 * piece.width && open.text.endsWith(piece.text)) continue;
    const isSpaced = gap > PDF_LINES.space * size && !/\s$/.test(open.text) && !/^\s/.test(piece.text);
    open.isBold = open.isBold && piece.isBold;
    open.text += (isSpaced ? ' ' : '') + piece.text;
    open.right = Math.max(open.right, piece.left + piece.width);
    open.size = Math.max(open.size, piece.text.trim().length > 2 ? piece.size : 0);
  }
  return segments;
}
