import type { ErrorTable } from './error-table.ts';

/** Errors of any request, whatever it asks for. */
export const REQUEST_ERRORS = {
  request_invalid: { status: 400, message: 'The request is not valid: {reason}.' },
  request_too_large: {
    status: 413,
    message: 'The request is larger than {limit} bytes. Send less at once.',
  },
  origin_not_allowed: {
    status: 403,
    message:
      'Pages of {origin} may not use the chat. Add that origin to ANSWERBOX_ALLOWED_ORIGINS and start again.',
  },
  not_found: { status: 404, message: 'There is no {what} here. Check the address.' },
  cancelled: { status: 499, message: 'The work was cancelled.' },
  upgrade_required: {
    status: 426,
    message: 'This address speaks WebSocket. Open it with a WebSocket client, or send POST /api/v1/chat.',
  },
  too_many_connections: {
    status: 503,
    message: '{limit} connections are open, and no more are taken. Try again in {seconds} seconds.',
  },
  key_limit_spent: {
    status: 429,
    message:
      'This key may send {limit} requests a minute. Wait {seconds} seconds, then send this one again; a key with another limit is made with "answerbox keys add --requests-per-minute".',
  },
  usage: { status: 400, message: '{reason}' },
  internal: {
    status: 500,
    message: 'Something went wrong here. Give the request id to whoever runs this server.',
  },
} as const satisfies ErrorTable;
