import type { PdfPage } from './pdf-blocks.ts';
import type { Row } from './pdf-lines.ts';

export const PDF_FURNITURE = {
  /** Rows at the top and at the bottom of a page that are looked at, 1…4. */
  rows: 2,
  /** Share of the pages on which a row comes again to be a running title or foot, 0.3…0.9. */
  share: 0.6,
  /** Pages from which on it can be told. */
  pages: 3,
} as const;

/** Takes running titles, feet and page numbers off the pages; their text would stand in the middle of sentences. */
export function withoutFurniture(pages: readonly PdfPage[]): PdfPage[] {
  if (pages.length < PDF_FURNITURE.pages) return pages.map((page) => withoutNumber(page));
  const seen = new Map<string, number>();
  for (const { rows } of pages)
    for (const key of new Set(edges(rows).map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const least = Math.max(PDF_FURNITURE.pages, pages.length * PDF_FURNITURE.share);
  return pages.map(({ page, rows }) => {
    const edge = new Set(edges(rows).filter((row) => (seen.get(keyOf(row)) ?? 0) >= least));
    return withoutNumber({ page, rows: rows.filter((row) => !edge.has(row)) });
  });
}

function edges(rows: readonly Row[]): Row[] {
  const { rows: count } = PDF_FURNITURE;
  return rows.length <= count * 2
    ? [...rows.slice(0, 1), ...rows.slice(1).slice(-1)]
    : [...rows.slice(0, count), ...rows.slice(-count)];
}

/** The same text at the same height, whatever the page's number. */
function keyOf({ baseline, segments }: Row): string {
  const text = segments.map((segment) => segment.text.trim()).join(' ');
  return `${Math.round(baseline / 4)} ${text.replace(/\d+|\b[ivxlc]+\b/gi, '#')}`;
}

/** A last or first row that is a number alone, or 'Page 3 of 9'. */
function withoutNumber({ page, rows }: PdfPage): PdfPage {
  const isNumber = (row: Row | undefined): boolean =>
    /^\W*(?:(?:page|seite|página|p\.)\s*)?\d{1,5}(?:\s*(?:of|\/|von|de)\s*\d{1,5})?\W*$/i.test(
      row?.segments
        .map(({ text }) => text)
        .join(' ')
        .trim() ?? '',
    );
  const from = isNumber(rows[0]) && rows.length > 1 ? 1 : 0;
  const to = isNumber(rows.at(-1)) && rows.length > 1 ? rows.length - 1 : rows.length;
  return { page, rows: rows.slice(from, to) };
}
