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

export type FileOutcome =
  | {
      source: string;
      status: 'added' | 'changed' | 'unchanged';
      documentId: string;
      title: string;
      chunks: number;
    }
  | { source: string; status: 'failed'; code: string; message: string };
