import type { ParsedFile, SourceFile } from '../ingest-types.ts';

/** Reads files of every format apart from the process that asks. */
export interface DocumentParser {
  /**
   * @throws AnswerboxError: a `document_*` code with what to do about the file, or cancelled. Whatever the
   * file holds, nothing but its own reading ends.
   */
  parse(file: SourceFile, signal?: AbortSignal): Promise<ParsedFile>;
  close(): Promise<void>;
}
