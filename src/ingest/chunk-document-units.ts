import type { Span, TokenCounter } from '../inference/contracts.ts';
import { splitSentences } from '../text/split-sentences.ts';
import type { Chunking } from './chunk-document-settings.ts';
import type { Block, ParsedDocument } from './ingest-types.ts';

/** What is never divided if it fits a chunk: a sentence, a list item, a table row, a code block. */
export interface Unit extends Span {
  tokens: number;
  /** Tokens of the heading lines between the unit before and this one. */
  leadTokens: number;
  /** A heading stands directly before it. */
  startsSection: boolean;
  /** Belongs to the list, table or code that the unit before leads in or is part of. */
  staysWithPrevious: boolean;
  headings: readonly string[];
}

/** The content of a document as units, in order. Headings count as content only where there is nothing else. */
export function unitsOf(document: ParsedDocument, counter: TokenCounter, settings: Chunking): Unit[] {
  const { text, blocks } = document;
  const isContent = blocks.some((block) => block.kind !== 'heading') ? isNoHeading : () => true;
  const count = (span: Span): number => {
    const isLong = span.end - span.start > settings.maxTokens * settings.charactersPerToken;
    return isLong ? settings.maxTokens + 1 : counter.countTokens(text.slice(span.start, span.end));
  };
  const units: Unit[] = [];
  let leadTokens = 0;
  let startsSection = false;
  let before: Block | undefined;
  for (const block of blocks) {
    if (isContent(block)) {
      const spans = spansOf(text, block, count, settings);
      for (const [index, { tokens, ...span }] of spans.entries()) {
        const staysWithPrevious =
          isPartOfSeries(block) && (index > 0 || (!startsSection && canLeadIn(before, block)));
        units.push({
          ...span,
          tokens,
          leadTokens,
          startsSection,
          staysWithPrevious,
          headings: block.headings,
        });
        leadTokens = 0;
        startsSection = false;
      }
    } else {
      startsSection = true;
      leadTokens += count(block);
    }
    before = block;
  }
  return units;
}

function isNoHeading(block: Block): boolean {
  return block.kind !== 'heading';
}

function isPartOfSeries(block: Block): boolean {
  return block.kind === 'list_item' || block.kind === 'table_row' || block.kind === 'code';
}

/** A paragraph leads in whatever list follows; otherwise a series goes on with its own kind. */
function canLeadIn(before: Block | undefined, block: Block): boolean {
  return before !== undefined && (before.kind === 'paragraph' || before.kind === block.kind);
}

/** A block's units with their tokens, each counted once. Whole items and rows, unless longer than the window. */
function spansOf(
  text: string,
  block: Block,
  count: (span: Span) => number,
  settings: Chunking,
): (Span & { tokens: number })[] {
  const counted = (span: Span) => ({ start: span.start, end: span.end, tokens: count(span) });
  if (isPartOfSeries(block)) {
    const whole = counted(block);
    if (whole.tokens <= settings.maxTokens - settings.headingTokens) return [whole];
  }
  const spans = block.kind === 'code' ? linesOf(text, block) : splitSentences(text, block.start, block.end);
  return spans.map(counted);
}

function linesOf(text: string, { start, end }: Span): Span[] {
  const lines: Span[] = [];
  for (let from = start; from < end;) {
    const lineBreak = text.indexOf('\n', from);
    const to = lineBreak < 0 || lineBreak > end ? end : lineBreak;
    if (text.slice(from, to).trim() !== '') lines.push({ start: from, end: to });
    from = to + 1;
  }
  return lines;
}
