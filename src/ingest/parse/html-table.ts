import { attribute, type HtmlElement, isElement, textOf } from './html-elements.ts';
import { collapse } from './block-builder.ts';
import type { TableGrid } from './table-rows.ts';

interface Row {
  cells: HtmlElement[];
  isInHead: boolean;
}

/** Most columns that one cell's colspan may fill. */
const SPAN_COLUMNS = 20;

/** False for a table that only lays out a page: one with headings, lists of links or tables inside. */
export function isDataTable(table: HtmlElement): boolean {
  if (/^(?:presentation|none)$/.test(attribute(table, 'role') ?? '')) return false;
  const pending: HtmlElement[] = [table];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    for (const child of element.childNodes) {
      if (!isElement(child)) continue;
      if (/^(?:table|h[1-6]|main|article|section)$/.test(child.tagName)) return false;
      pending.push(child);
    }
  }
  return true;
}

/** The rows of a table as plain texts. The header is the row of <th> or in <thead>, else the first row if it names columns. */
export function tableGrid(
  table: HtmlElement,
  shownIds: ReadonlySet<string>,
): TableGrid & { caption: string } {
  const rows = rowsOf(table);
  const texts = spread(rows, shownIds);
  const headerIndex = findHeader(rows, texts);
  const caption = table.childNodes.find((child) => isElement(child) && child.tagName === 'caption');
  return {
    caption: caption && isElement(caption) ? textOf(caption, shownIds) : '',
    header: headerIndex === null ? null : (texts[headerIndex] ?? null),
    rows: texts.filter((_, index) => index !== headerIndex),
  };
}

function rowsOf(table: HtmlElement): Row[] {
  const rows: Row[] = [];
  for (const part of table.childNodes) {
    if (!isElement(part) || !/^(?:thead|tbody|tfoot)$/.test(part.tagName)) continue;
    for (const row of part.childNodes) {
      if (!isElement(row) || row.tagName !== 'tr') continue;
      const cells = row.childNodes
        .filter((cell) => isElement(cell))
        .filter((cell) => /^t[hd]$/.test(cell.tagName));
      if (cells.length > 0) rows.push({ cells, isInHead: part.tagName === 'thead' });
    }
  }
  return rows;
}

/** Cell texts by column: a colspan repeats its text, a rowspan comes again in the rows below. */
function spread(rows: readonly Row[], shownIds: ReadonlySet<string>): string[][] {
  const below = new Map<number, { text: string; left: number }>();
  return rows.map(({ cells }) => {
    const texts: string[] = [];
    const fillFromAbove = () => {
      for (let held = below.get(texts.length); held !== undefined; held = below.get(texts.length)) {
        if (held.left <= 1) below.delete(texts.length);
        held.left -= 1;
        texts.push(held.text);
      }
    };
    for (const cell of cells) {
      fillFromAbove();
      const text = collapse(textOf(cell, shownIds));
      const rowsBelow = span(cell, 'rowspan') - 1;
      for (let column = span(cell, 'colspan'); column > 0; column -= 1) {
        if (rowsBelow > 0) below.set(texts.length, { text, left: rowsBelow });
        texts.push(text);
      }
    }
    fillFromAbove();
    return texts;
  });
}

function span(cell: HtmlElement, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(attribute(cell, name) ?? '', 10);
  return value > 1 ? Math.min(value, SPAN_COLUMNS) : 1;
}

function findHeader(rows: readonly Row[], texts: readonly string[][]): number | null {
  const first = rows[0];
  if (!first || rows.length < 2) return null;
  const head = rows.findLastIndex((row) => row.isInHead);
  if (head >= 0) return head;
  if (first.cells.length > 1 && first.cells.slice(1).every((cell) => cell.tagName === 'th')) return 0;
  const hasHeaderCells = rows.some((row) => row.cells.some((cell) => cell.tagName === 'th'));
  const names = texts[0] ?? [];
  const looksNamed = names.length > 2 && names.slice(1).every((name) => name !== '' && !/\d/.test(name));
  return !hasHeaderCells && looksNamed ? 0 : null;
}
