import { addRecords, splitSheet } from './add-records.ts';
import type { BlockBuilder } from './block-builder.ts';
import { readingOrder } from './pdf-columns.ts';
import type { Row, Segment } from './pdf-lines.ts';
import { tableAt } from './pdf-table.ts';

export const PDF_BLOCKS = {
  /** Times the size of the body's type from which on a line is a heading, 1.1…1.5. */
  headingSize: 1.15,
  /** Characters of a heading at most. */
  headingCharacters: 150,
  /** Times the usual distance of lines from which on a new paragraph begins, 1.2…1.6. */
  paragraphGap: 1.3,
  /** Share of the column that a paragraph's last line may leave empty and still be full, 0.05…0.3. */
  shortLine: 0.15,
} as const;

const LIST_MARK = /^\s*(?:[•‣▪●○◦]|[-–*](?=\s)|(\(?(?:\d{1,3}|[a-z])[.)](?=\s)))\s*/;

/** What the whole document says about its type: which size is text, and which are headings. */
export interface PdfType {
  body: number;
  /** Sizes of headings, largest first. */
  headings: readonly number[];
  /** False when so much is bold that bold says nothing. */
  boldIsHeading: boolean;
}

export interface PdfPage {
  page: number;
  rows: Row[];
}

export function readType(pages: readonly PdfPage[]): PdfType {
  const counts = new Map<number, number>();
  let [all, bold] = [0, 0];
  for (const segment of pages.flatMap(({ rows }) => rows.flatMap(({ segments }) => segments))) {
    const size = rounded(segment.size);
    counts.set(size, (counts.get(size) ?? 0) + segment.text.length);
    all += segment.text.length;
    if (segment.isBold) bold += segment.text.length;
  }
  const sizes = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  const body = sizes[0]?.[0] ?? 10;
  const headings = [...counts.keys()].filter((size) => size >= body * PDF_BLOCKS.headingSize);
  return { body, headings: headings.sort((one, other) => other - one), boldIsHeading: bold < all * 0.3 };
}

/** Half points: the same size is drawn as 11.04 and 11.

 */
function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}

/** Adds pages to a builder, paragraphs whole across columns and pages. */
export class PdfBlocks {
  readonly #builder: BlockBuilder;
  readonly #type: PdfType;
  readonly #source: string;
  #open: { kind: 'paragraph' | 'list_item'; parts: { page: number; text: string }[] } | null = null;

  constructor(builder: BlockBuilder, type: PdfType, source: string) {
    this.#builder = builder;
    this.#type = type;
    this.#source = source;
  }

  addPage({ page, rows }: PdfPage): void {
    for (const flow of readingOrder(rows)) this.#addFlow(flow, page);
  }

  addText(page: number, add: (builder: BlockBuilder) => void): void {
    this.finish();
    this.#builder.startPage(page);
    add(this.#builder);
  }

  finish(): void {
    if (this.#open) this.#builder.addAcrossPages(this.#open.kind, this.#open.parts);
    this.#open = null;
  }

  #addFlow(flow: readonly Row[], page: number): void {
    const right = flow.reduce((most, row) => Math.max(most, row.segments.at(-1)?.right ?? 0), 0);
    const left = flow.reduce((least, row) => Math.min(least, row.segments[0]?.left ?? least), Infinity);
    const leading = usualDistance(flow);
    let above: Segment | null = null;
    for (let at = 0; at < flow.length;) {
      const table = tableAt(flow, at);
      if (table) {
        this.addText(page, () => this.#addTable(table.rows));
        at = table.end;
        above = null;
        continue;
      }
      const line = joined(flow[at]!);
      const level = this.#headingLevel(line);
      if (level !== null) {
        const more = this.#headingLines(flow, at, level, leading);
        this.addText(page, () => this.#builder.addHeading(level, more.map((one) => one.text).join(' ')));
        at += more.length;
        above = null;
        continue;
      }
      this.#addLine(line, page, this.#isNew(line, above, { left, right, leading }));
      above = line;
      at += 1;
    }
  }

  #addTable(rows: readonly (readonly string[])[]): void {
    const { above, grid } = splitSheet(rows, true);
    for (const line of above) this.#builder.add('paragraph', line);
    addRecords(this.#builder, grid, this.#source);
  }

  /** A heading that goes on in the next lines, all of the same size. */
  #headingLines(flow: readonly Row[], from: number, level: number, leading: number): Segment[] {
    const lines = [joined(flow[from]!)];
    for (let at = from + 1; at < flow.length && lines.length < 4; at += 1) {
      const next = joined(flow[at]!);
      const last = lines.at(-1)!;
      const isNear = next.baseline - last.baseline < Math.max(leading, last.size * 1.45);
      if (!isNear || this.#headingLevel(next) !== level || rounded(next.size) !== rounded(last.size)) break;
      if (tableAt(flow, at)) break;
      lines.push(next);
    }
    return lines;
  }

  #headingLevel({ text, size, isBold }: Segment): number | null {
    const clean = text.trim();
    if (
      clean.length > PDF_BLOCKS.headingCharacters ||
      !/\p{L}/u.test(clean) ||
      (LIST_MARK.test(clean) && /[.;]$/.test(clean))
    )
      return null;
    const place = this.#type.headings.indexOf(rounded(size));
    if (place >= 0) return Math.min(place + 1, 5);
    const isShort = clean.length <= 80 && !/[.,;]$/.test(clean);
    return isBold && this.#type.boldIsHeading && isShort && size >= this.#type.body * 0.95 ? 6 : null;
  }

  #isNew(
    line: Segment,
    above: Segment | null,
    flow: { left: number; right: number; leading: number },
  ): boolean {
    if (LIST_MARK.test(line.text)) return true;
    if (above === null) return !this.#goesOn(line);
    if (line.baseline - above.baseline > flow.leading * PDF_BLOCKS.paragraphGap) return true;
    const isShort = above.right < flow.right - (flow.right - flow.left) * PDF_BLOCKS.shortLine;
    if (isShort && /[.!?:]["”')\]]*\s*$/.test(above.text)) return true;
    return (
      line.left > flow.left + line.size &&
      above.left < flow.left + line.size * 0.5 &&
      this.#open?.kind !== 'list_item'
    );
  }

  /** In the next column or on the next page: the sentence is not at its end, and the line does not begin one. */
  #goesOn(line: Segment): boolean {
    const last = this.#open?.parts.at(-1)?.text.trimEnd() ?? '.';
    return !/[.!?:;]["”')\]]*$/.test(last) && (/^\s*[\p{Ll}\d(]/u.test(line.text) || /[,-]$/.test(last));
  }

  #addLine(line: Segment, page: number, isNew: boolean): void {
    const mark = LIST_MARK.exec(line.text);
    if (isNew || !this.#open) {
      this.finish();
      const text = mark ? `${mark[1] ? `${mark[1]} ` : ''}${line.text.slice(mark[0].length)}` : line.text;
      this.#open = { kind: mark ? 'list_item' : 'paragraph', parts: [{ page, text }] };
    } else this.#open.parts.push({ page, text: line.text });
  }
}

function joined({ segments, baseline }: Row): Segment {
  const [first] = segments;
  const last = segments.at(-1);
  return {
    text: segments.map(({ text }) => text).join(' '),
    left: first?.left ?? 0,
    right: last?.right ?? 0,
    baseline,
    size: segments.reduce((most, { size }) => Math.max(most, size), 0),
    isBold: segments.every(({ isBold }) => isBold),
  };
}

/** The middle distance of two lines, in points; a flow of a line or two has the usual 1.2 type sizes. */
function usualDistance(flow: readonly Row[]): number {
  const distances = flow
    .slice(1)
    .map((row, index) => row.baseline - flow[index]!.baseline)
    .filter((distance) => distance > 0)
    .sort((one, other) => one - other);
  const size = joined(flow[0]!).size;
  const middle = distances[Math.floor((distances.length - 1) / 2)] ?? size * 1.2;
  return Math.min(middle, size * 2.4);
}
