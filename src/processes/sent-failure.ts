import { AnswerboxError, ERROR_TABLE, reasonOf, type ErrorCode, type ErrorDetails } from '../errors.ts';

export interface SentFailure {
  /** Null for a failure that is not in the table. */
  code: ErrorCode | null;
  details: ErrorDetails;
  message: string;
}

/** A failure as plain data: error classes do not survive the way between processes. */
export function sendFailure(error: unknown): SentFailure {
  if (error instanceof AnswerboxError)
    return { code: error.code, details: error.details, message: error.message };
  return { code: null, details: {}, message: reasonOf(error) };
}

/** The error again, known ones with their code; `internal` keeps the unknown message as its cause. */
export function receiveFailure({ code, details, message }: SentFailure): AnswerboxError {
  if (code !== null && code in ERROR_TABLE) return new AnswerboxError(code, details);
  return new AnswerboxError('internal', {}, new Error(message));
}
