import type { GivenScope, SourceFile } from '../ingest-types.ts';
import type { BlockBuilder } from './block-builder.ts';
import type { ParseContext } from './parse-context.ts';

/** What a format's parser hands back: its blocks, and the title that the document gives itself. */
export interface Parsed {
  builder: BlockBuilder;
  title: string | null;
  /** What the document says of its category, language, audience and validity. */
  scope?: GivenScope;
  /** A container without text of its own says what is in it; that is shown and not searched. */
  listing?: string;
}

/** A parser of a format that is more than text. */
export type FileParser = (file: SourceFile, context: ParseContext) => Promise<Parsed>;
