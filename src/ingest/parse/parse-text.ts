import { BlockBuilder, collapse } from './block-builder.ts';
import type { Parsed } from './parsed.ts';

/** Longest heading in characters; a longer line is prose. */
const HEADING_CHARACTERS = 90;
/** Lines shorter than this were broken on purpose (addresses, hours), longer ones by an editor. */
const SHORT_LINE_CHARACTERS = 45;

const LIST_ITEM = /^\s*(?:[-*•‣–]|(\(?\d{1,3}[.)]))\s+(?=\S)/;
/** 'Q: …' on a line of its own, its answer below with 'A:' or without. */
const QUESTION = /^\s*(?:Q|Question|Frage)\s*\d{0,3}\s*[:.]\s+(.*\?)\s*$/i;
const ANSWER = /^\s*(?:A|Answer|Antwort)\s*\d{0,3}\s*[:.]\s+/i;
const UNDERLINE = /^\s*(?:(={3,})|-{3,}|~{3,}|\*{3,}|_{3,})\s*$/;

/** Plain text as blocks: blank lines part paragraphs, underlined and ALL-CAPS lines are headings. */
export function parseText(source: string): Parsed {
  const builder = new BlockBuilder();
  const paragraphs = paragraphsOf(source);
  const title = titleOf(paragraphs);
  paragraphs.forEach((lines, index) => {
    if (index === 0 && title !== null) {
      builder.addHeading(1, title);
      addParagraph(builder, lines.slice(UNDERLINE.test(lines[1] ?? '') ? 2 : 1));
    } else addParagraph(builder, lines);
  });
  return { builder, title };
}

function paragraphsOf(source: string): string[][] {
  const paragraphs: string[][] = [];
  let lines: string[] = [];
  for (const line of source.split(/\r\n?|[\n\f\u0085\u2028\u2029]/)) {
    if (line.trim() !== '') lines.push(line);
    else if (lines.length > 0) {
      paragraphs.push(lines);
      lines = [];
    }
  }
  if (lines.length > 0) paragraphs.push(lines);
  return paragraphs;
}

/** The first line when it stands alone (or underlined), is short and is no sentence. */
function titleOf(paragraphs: readonly string[][]): string | null {
  const [first = '', second = ''] = paragraphs[0] ?? [];
  const isAlone = paragraphs[0]?.length === 1 && paragraphs.length > 1;
  if (!isAlone && !UNDERLINE.test(second)) return null;
  const title = collapse(first);
  const isTitle =
    title !== '' && title.length <= HEADING_CHARACTERS && !/[.,;:]$/.test(title) && !LIST_ITEM.test(first);
  return isTitle ? title : null;
}

function addParagraph(builder: BlockBuilder, lines: readonly string[]): void {
  const pair = QUESTION.exec(lines[0] ?? '');
  if (pair?.[1] !== undefined && pair[1].length <= HEADING_CHARACTERS * 2) {
    builder.addHeading(3, pair[1]);
    return addProse(
      builder,
      lines.slice(1).map((line) => line.replace(ANSWER, '')),
    );
  }
  let from = 0;
  for (let length = headingLines(lines, from); length > 0; length = headingLines(lines, from)) {
    const isTop = length === 1 || UNDERLINE.exec(lines[from + 1] ?? '')?.[1] !== undefined;
    builder.addHeading(isTop ? 2 : 3, lines[from] ?? '');
    from += length;
  }
  addProse(
    builder,
    lines.slice(from).filter((line) => !UNDERLINE.test(line)),
  );
}

/** Lines of a heading at this place: 2 with its underline, 1 in capitals, 0 for prose. */
function headingLines(lines: readonly string[], index: number): 0 | 1 | 2 {
  const line = lines[index] ?? '';
  if (line.length > HEADING_CHARACTERS || !/[\p{L}\p{N}]/u.test(line)) return 0;
  if (UNDERLINE.test(lines[index + 1] ?? '')) return 2;
  return isCapitals(line) ? 1 : 0;
}

/** Four capitals at least and no small letter: "A4" and "€5 OFF" are no headings. */
function isCapitals(line: string): boolean {
  const clean = line.trim();
  const capitals = clean.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= 4 && !/\p{Ll}/u.test(clean) && !/[.,;]$/.test(clean);
}

function addProse(builder: BlockBuilder, all: readonly string[]): void {
  const lines = all.map((line) => line.replace(ANSWER, ''));
  const areShort = lines.length > 1 && lines.every((line) => line.trim().length <= SHORT_LINE_CHARACTERS);
  const areRows = areShort && lines.every((line, index) => index === 0 || /^\s*[\p{Lu}\p{N}+(]/u.test(line));
  let open: { kind: 'paragraph' | 'list_item'; parts: string[] } | null = null;
  for (const line of lines) {
    const marker = LIST_ITEM.exec(line);
    if (marker || areRows || open === null) {
      if (open) builder.add(open.kind, open.parts.join(' '));
      const text = marker ? `${marker[1] ?? ''} ${line.slice(marker[0].length)}` : line;
      open = { kind: marker || areRows ? 'list_item' : 'paragraph', parts: [text] };
    } else open.parts.push(line);
  }
  if (open) builder.add(open.kind, open.parts.join(' '));
}
