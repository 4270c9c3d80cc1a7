import { AnswerboxError, reasonOf } from '../../errors.ts';

/** Turns what LMDB or the system threw into an error that says what to do. */
export function asMemoryError(error: unknown, path: string): unknown {
  if (error instanceof AnswerboxError || !(error instanceof Error)) return error;
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const { code } = error as { code?: unknown };
  // lmdb gives the number of the system's error, Node its name.
  if (code === 'ENOSPC' || code === 28 || /no space left|disk full/i.test(error.message))
    return new AnswerboxError('storage_full', { path }, error);
  return new AnswerboxError('storage_failed', { path, reason: reasonOf(error) }, error);
}
