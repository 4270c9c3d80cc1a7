import type { ErrorCode } from '../errors.ts';
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
  /** True: the pictures in it are wanted, too. */
  keepsPictures?: true;
  /** Where its document is kept; that of the ingest when left out. */
  collection?: string;
  /** True: it is read though its bytes are known, and unchanged only when the same comes out of them. */
  isReread?: true;
  /** True: not its text is wanted, but its pictures as they are shown to readers. */
  showsPictures?: true;
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
  /** Who in the shop looks after it. */
  owner?: string | null;
}

export type BlockKind = 'heading' | 'paragraph' | 'list_item' | 'table_row' | 'code' | 'quote';

/** A piece of the plain text that belongs together; spans of `ParsedDocument.text`, in order. */
export interface Block extends Span {
  kind: BlockKind;
  /** Headings above this block, outermost first, the title left out. */
  headings: readonly string[];
}

export const MEDIA_TYPES = [
  'text/markdown',
  'text/html',
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'application/json',
  'application/x-ndjson',
  'application/rtf',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/epub+zip',
  'message/rfc822',
  'application/mbox',
  'application/zip',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/tiff',
  'image/webp',
  'image/bmp',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** From `start` of the text on, this page (or slide), counted from 1. */
export interface PageStart {
  page: number;
  start: number;
}

export interface ParsedDocument {
  title: string;
  /** The plain text that citations are slices of. Blocks are separated by line breaks. */
  text: string;
  blocks: readonly Block[];
  mediaType: MediaType;
  /** In order; empty for a format without pages. */
  pages: readonly PageStart[];
  /** What the document says of itself. */
  scope?: GivenScope;
}

/** A part of a file that could not be read though the rest was. */
export interface ParseProblem {
  /** The part's name, or the file's own. */
  source: string;
  code: ErrorCode;
  message: string;
}

/** A document inside another file: a member of an archive, an attachment, a message of a mailbox. */
export interface ParsedPart {
  /** Its path inside the file, '/' between levels of nesting too. */
  name: string;
  bytes: Uint8Array;
  document: ParsedDocument;
}

/** A picture drawn anew as WebP, so that nothing of its file but what it shows comes near a browser. */
export interface DrawnPicture {
  width: number;
  height: number;
  full: Uint8Array;
  thumbnail: Uint8Array;
}

/** A picture and where it stands in its document. */
export interface ShownPicture {
  /** What its author wrote of it; '' for nothing. */
  alt: string;
  /** Null where the format has no pages. */
  page: number | null;
  /** The end of the block before it, which is how its place is found in the stored text; '' at the beginning. */
  before: string;
  /** The headings between which it stands; '' where there is none. */
  heading: string;
  nextHeading: string;
  /** A path instead: the picture is another file, which the document names. */
  drawn: DrawnPicture | { path: string };
}

/** What came out of one file. */
export interface ParsedFile {
  document: ParsedDocument;
  parts: readonly ParsedPart[];
  problems: readonly ParseProblem[];
  /** As they lie in the file, in order; left out unless they are asked for. */
  pictures?: readonly Uint8Array[];
  /** Only where the file came with `showsPictures`; the document is empty then. */
  shown?: readonly ShownPicture[];
}

/** A run of whole sentences of one document: text === document.text.slice(start, end). */
export interface Chunk extends Span {
  ordinal: number;
  /** 'Title > Heading > Sub': what is put before the text for embedding and reading. */
  headingPath: string;
  text: string;
  /** Tokens of heading path and text together by the embedder's tokenizer, special tokens left out. */
  tokens: number;
  /** Pages that it stands on, the first one starting at or before it; left out where there are none. */
  pages?: readonly PageStart[];
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
      /** Parts that could not be read though the rest was: pages that are pictures, members of an archive. */
      problems?: readonly ParseProblem[];
    }
  | { source: string; status: 'failed'; code: string; message: string };
