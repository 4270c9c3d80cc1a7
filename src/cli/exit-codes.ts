import { AnswerboxError, type ErrorCode } from '../errors.ts';

export const EXIT_CODES = {
  done: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'failed' },
  usage: { code: 2, meaning: 'wrong usage or settings' },
  partly: { code: 3, meaning: 'partly done: some files could not be read' },
  unauthorized: { code: 4, meaning: 'not authorised' },
  gateMissed: { code: 5, meaning: 'a required figure was missed (eval, bench)' },
  noFolder: { code: 10, meaning: 'no usable data folder' },
  locked: { code: 11, meaning: 'the data folder is in use by another command' },
  cancelled: { code: 130, meaning: 'cancelled with Ctrl-C' },
} as const;

const BY_ERROR: Partial<Record<ErrorCode, number>> = {
  usage: EXIT_CODES.usage.code,
  config_unknown_key: EXIT_CODES.usage.code,
  config_bad_value: EXIT_CODES.usage.code,
  config_unreadable: EXIT_CODES.usage.code,
  question_empty: EXIT_CODES.usage.code,
  question_too_long: EXIT_CODES.usage.code,
  question_not_text: EXIT_CODES.usage.code,
  // What a server says of a question that is larger still.
  request_too_large: EXIT_CODES.usage.code,
  evaluation_file_invalid: EXIT_CODES.usage.code,
  intent_examples_invalid: EXIT_CODES.usage.code,
  table_column_unknown: EXIT_CODES.usage.code,
  backup_key_needed: EXIT_CODES.usage.code,
  backup_not_encrypted: EXIT_CODES.usage.code,
  backup_key_invalid: EXIT_CODES.usage.code,
  restore_not_empty: EXIT_CODES.usage.code,
  unauthorized: EXIT_CODES.unauthorized.code,
  backup_key_wrong: EXIT_CODES.unauthorized.code,
  data_folder_unusable: EXIT_CODES.noFolder.code,
  data_folder_locked: EXIT_CODES.locked.code,
  cancelled: EXIT_CODES.cancelled.code,
};

export function exitCodeOf(error: unknown): number {
  return (error instanceof AnswerboxError && BY_ERROR[error.code]) || EXIT_CODES.failed.code;
}
