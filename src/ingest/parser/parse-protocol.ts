import type { SentFailure } from '../../processes/sent-failure.ts';
import type { ParsedFile, SourceFile } from '../ingest-types.ts';

/** One file at a time goes to a parse process, which answers once. */
export interface ParseOrder {
  id: number;
  file: SourceFile;
}

export type FromParser =
  | { type: 'ready' }
  | { type: 'parsed'; id: number; parsed: ParsedFile; residentMb: number }
  | { type: 'failed'; id: number; failure: SentFailure; residentMb: number };

/** Last words on stderr of a process that ended itself, by reason. */
export const LAST_WORDS = { memory: 'answerbox: memory limit', time: 'answerbox: time limit' } as const;
