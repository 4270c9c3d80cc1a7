import type { ErrorTable } from './error-table.ts';

/** Errors of threads, tickets, customers and webhooks. */
export const DESK_ERRORS = {
  thread_not_found: { status: 404, message: 'There is no thread with the id {id}.' },
  ticket_not_found: { status: 404, message: 'There is no ticket with the number {number}.' },
  ticket_changed: {
    status: 409,
    message: 'Ticket {number} was changed by somebody else. Look at it again, then repeat your change.',
  },
  ticket_merged: {
    status: 409,
    message: 'Ticket {number} was merged into {into}. Work on that one.',
  },
  ticket_not_done: {
    status: 409,
    message: 'Ticket {number} is not resolved yet; it can be rated after that.',
  },
  reply_crossed: {
    status: 409,
    message:
      '{name} has answered meanwhile (event {sequence}). Read it; send again without seen_sequence to add yours.',
  },
  customer_not_found: { status: 404, message: 'There is no customer with the id {id}.' },
  library_item_not_found: { status: 404, message: 'There is no entry of {kind} with the id {id}.' },
  webhook_not_found: { status: 404, message: 'There is no webhook or delivery with the id {id}.' },
  webhook_refused: { status: 422, message: 'The webhook {url} cannot be called: {reason}.' },
  desk_file_invalid: {
    status: 500,
    message:
      'The file {path} cannot be used: {reason}. Correct it, or move it away to use the built-in table.',
  },
  attachment_too_large: {
    status: 413,
    message: '{name} is larger than {limit} bytes. Send a smaller file, or a part of it.',
  },
  attachment_type_refused: {
    status: 415,
    message:
      '{name} is {found}, which is not taken here. Send a picture (PNG, JPEG, GIF, WebP), a PDF or plain text.',
  },
  attachments_full: {
    status: 409,
    message: 'This conversation holds {limit} files, and no more are taken. Describe the rest in words.',
  },
  attachments_off: { status: 403, message: 'Files are not taken here. Describe in words what they show.' },
  attachment_not_found: { status: 404, message: 'There is no file with the id {id} in this conversation.' },
} as const satisfies ErrorTable;
