import { ASKING_ERRORS } from './errors/asking-errors.ts';
import { CATALOGUE_ERRORS } from './errors/catalogue-errors.ts';
import { DESK_ERRORS } from './errors/desk-errors.ts';
import { KNOWLEDGE_ERRORS } from './errors/knowledge-errors.ts';
import { MACHINE_ERRORS } from './errors/machine-errors.ts';
import { OWNER_FILE_ERRORS } from './errors/owner-file-errors.ts';
import { REQUEST_ERRORS } from './errors/request-errors.ts';
import { STAFF_ERRORS } from './errors/staff-errors.ts';
import type { ErrorTable } from './errors/error-table.ts';

/**
 * Every error that a person or a program can meet: code, HTTP status, and the sentence that says
 * what to do. A table a subject, in errors/; a code stands in one of them.
 */
export const ERROR_TABLE = {
  ...REQUEST_ERRORS,
  ...STAFF_ERRORS,
  ...ASKING_ERRORS,
  ...KNOWLEDGE_ERRORS,
  ...CATALOGUE_ERRORS,
  ...DESK_ERRORS,
  ...OWNER_FILE_ERRORS,
  ...MACHINE_ERRORS,
} as const satisfies ErrorTable;

export type ErrorCode = keyof typeof ERROR_TABLE;
export type ErrorDetails = Record<string, string | number>;

/** A failure that is known and explained; anything else is hidden behind `internal`. */
export class AnswerboxError extends Error {
  override readonly name = 'AnswerboxError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(explain(code, details), cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_TABLE[this.code].status;
  }
}

function explain(code: ErrorCode, details: ErrorDetails): string {
  return ERROR_TABLE[code].message.replace(/\{(\w+)\}/g, (place, name: string) =>
    name in details ? String(details[name]) : place,
  );
}

/** Says whether a failure carries this code, so that callers need no `instanceof` ladders. */
export function hasCode(error: unknown, code: ErrorCode): error is AnswerboxError {
  return error instanceof AnswerboxError && error.code === code;
}

/** Throws `cancelled` when the signal has been raised; the caller's reason is kept as the cause. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AnswerboxError('cancelled', {}, signal.reason);
}

/** The plain reason in an unknown failure, for `{reason}` places. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
