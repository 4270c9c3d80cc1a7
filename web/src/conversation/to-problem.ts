import { ApiError, ConnectionError } from '../api/api-error.ts';
import { translate } from '../translate.ts';
import type { Problem } from './conversation-state.ts';

/** What a reader is told about a failure. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiError)
    return { code: error.code, message: error.message, requestId: error.requestId };
  const brokenLine = error instanceof ConnectionError || error instanceof TypeError;
  return {
    code: null,
    message: translate(brokenLine ? 'error.network' : 'error.unreadable'),
    requestId: null,
  };
}
