import type { AnswerboxError, ErrorCode } from '../../errors.ts';

/** An error as OpenAI's clients read it: https://platform.openai.com/docs/guides/error-codes */
export interface OpenAiErrorBody {
  /** For Cohere's clients, which look for it here. */
  message: string;
  error: { message: string; type: string; param: string | null; code: string };
}

/** The names that OpenAI gave to what has a name of its own here. */
const OPENAI_CODES: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'invalid_api_key',
  prompt_too_long: 'context_length_exceeded',
  input_too_long: 'context_length_exceeded',
  question_too_long: 'context_length_exceeded',
  conversation_busy: 'rate_limit_exceeded',
};

/** Where the status here means something else to a program than to a person. */
const OPENAI_STATUS: Partial<Record<ErrorCode, number>> = {
  // The caller wrote the prompt.
  prompt_too_long: 400,
  question_too_long: 400,
};

/** Seconds after which a refusal without advice of its own may be over. */
const RETRY_SECONDS = 2;

/** Paths that OpenAI's and Cohere's clients call. */
export function isProgramPath(url: string): boolean {
  return /^\/+v[12](\/|\?|$)/.test(url);
}

export function openAiStatus(error: AnswerboxError): number {
  return OPENAI_STATUS[error.code] ?? error.status;
}

export function openAiError(error: AnswerboxError): OpenAiErrorBody {
  const status = openAiStatus(error);
  const param = error.details['param'];
  return {
    message: error.message,
    error: {
      message: error.message,
      type: typeOf(status),
      param: typeof param === 'string' ? param : null,
      code: OPENAI_CODES[error.code] ?? error.code,
    },
  };
}

/**
 * Clients try again by themselves at 408, 409, 429 and from 500 on unless they are told not to; what comes of
 * the request itself would fail again.
 */
export function retryHeaders(error: AnswerboxError): Record<string, string> {
  const status = openAiStatus(error);
  if (status !== 429 && status !== 503) return status < 500 ? { 'x-should-retry': 'false' } : {};
  const seconds = error.details['seconds'];
  return { 'retry-after': String(typeof seconds === 'number' ? seconds : RETRY_SECONDS) };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
