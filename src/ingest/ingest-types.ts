import type { Span } from '../inference/contracts.ts';

/** Where bytes come from: a file, an upload, a page. `source` is the identity of the document. */
export interface SourceFile {
  source: string;
  /** File name or last part of the address, for type detection and as a title of last resort. */
  name: string;
  bytes: Uint8Array;
  mediaType?: string;
  title?: string;
  url?: string;
  /** Goes before what the document says of itself. */
  scope?: GivenScope;
}

/**
 * What a person or a document's front matter says of its scope, in their words; null takes back what was
 * given before. Dates are days of the shop ("2026-12-31", the last one included) or ISO 8601 times.
 */
export interface GivenScope {
  category?: string | null;
  language?: string | null;
  audience?: string | null;
  valid_from?: string | null;
  valid_until?: string | null;
}

export type BlockKind = 'heading' | 'paragraph' | 'list_item' | 'table_row' | 'code' | 'quote';

/** A piece of the plain text that belongs together; spans of `ParsedDocument.text`, in order. */
export interface Block extends Span {
  kind: BlockKind;
  /** Headings above this block, outermost first, the title left out. */
  headings: readonly string[];
}

export type MediaType = 'text/markdown' | 'text/html' | 'text/plain';

export interface ParsedDocument {
  title: string;
  /** The plain text that citations are slices of. Blocks are separated by line breaks. */
  text: string;
  blocks: readonly Block[];
  mediaType: MediaType;
  /** What the document says of itself. */
  scope?: GivenScope;
}

/** A run of whole sentences of one document: text === document.text.slice(start, end). */
export interface Chunk extends Span {
  ordinal: number;
  /** 'Title > Heading > Sub': what is put before the text for embedding and reading. */
  headingPath: string;
  text: string;
  /** Tokens of heading path and text together by the embedder's tokenizer, special tokens left out. */
  tokens: number;
}

/** What is being done to a file; the last one makes it searchable. */
export type IngestStep = 'parse' | 'embed' | 'index';

export type FileOutcome =
  | {
      source: string;
      status: 'added' | 'changed' | 'unchanged';
      documentId: string;
      title: string;
      chunks: number;
      /** Passages that had to be embedded; the other ones kept their vectors. Left out where it is not known. */
      embedded?: number;
    }
  | { source: string; status: 'failed'; code: string; message: string };
