export type AnswerPart = { kind: 'text'; text: string } | { kind: 'citation'; index: number };
export type AnswerLine = AnswerPart[];

export type AnswerBlock =
  | { kind: 'paragraph'; lines: AnswerLine[] }
  | { kind: 'list'; ordered: boolean; first: number; items: AnswerLine[] };

const LIST_LINE = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/;
const MARKER = /\s*\[(\d{1,3})\]/g;

/**
 * An answer's text as paragraphs and lists, its `[n]` markers apart. Only markers of known citations
 * count; any other bracket is the text's own.
 */
export function splitAnswerText(text: string, citationIndexes: ReadonlySet<number>): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  let open: AnswerBlock | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      open = null;
      continue;
    }
    const next = extend(open, line, citationIndexes);
    if (next !== open) blocks.push(next);
    open = next;
  }
  return blocks;
}

/** Adds the line to the open block where it belongs there, else begins a block. */
function extend(open: AnswerBlock | null, line: string, known: ReadonlySet<number>): AnswerBlock {
  const match = LIST_LINE.exec(line);
  if (!match) {
    const parts = splitMarkers(line.trim(), known);
    if (open?.kind !== 'paragraph') return { kind: 'paragraph', lines: [parts] };
    open.lines.push(parts);
    return open;
  }
  const [, number, content = ''] = match;
  const item = splitMarkers(content, known);
  const ordered = number !== undefined;
  if (open?.kind !== 'list' || open.ordered !== ordered) {
    return { kind: 'list', ordered, first: Number(number ?? 1), items: [item] };
  }
  open.items.push(item);
  return open;
}

function splitMarkers(line: string, known: ReadonlySet<number>): AnswerLine {
  const parts: AnswerLine = [];
  let from = 0;
  for (const match of line.matchAll(MARKER)) {
    const index = Number(match[1]);
    if (!known.has(index)) continue;
    if (match.index > from) parts.push({ kind: 'text', text: line.slice(from, match.index) });
    parts.push({ kind: 'citation', index });
    from = match.index + match[0].length;
  }
  if (from < line.length) parts.push({ kind: 'text', text: line.slice(from) });
  return parts;
}
