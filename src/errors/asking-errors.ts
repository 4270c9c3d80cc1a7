import type { ErrorTable } from './error-table.ts';

/** Errors of asking: questions, conversations, identities, actions, and models that are called by name. */
export const ASKING_ERRORS = {
  question_empty: { status: 400, message: 'The question is empty. Send some text in "message".' },
  question_too_long: {
    status: 413,
    message: 'The question has {found} characters; at most {limit} are taken. Shorten it.',
  },
  question_not_text: {
    status: 400,
    message: 'The question holds no readable text. Send plain UTF-8 text.',
  },
  conversation_not_found: { status: 404, message: 'There is no conversation with the id {id}.' },
  prompt_too_long: {
    status: 500,
    message:
      'The prompt has {found} tokens and {reserved} more are kept for the answer; the generator holds {limit}. Give it fewer passages.',
  },
  overloaded: {
    status: 503,
    message: 'Too many questions are waiting ({waiting}). Try again in {seconds} seconds.',
  },
  conversation_busy: {
    status: 429,
    message:
      'The last {waiting} messages of this conversation are not answered yet. Wait for the answer, then send this one again.',
  },
  identity_key_invalid: {
    status: 500,
    message:
      'The key for identity tokens cannot be used: {reason}. Set the key that your shop signs tokens with.',
  },
  identity_not_set_up: {
    status: 400,
    message:
      'Identity tokens are not taken here. Set ANSWERBOX_IDENTITY_SECRET to the key that your shop signs them with, or leave out "identity".',
  },
  identity_token_expired: {
    status: 401,
    message: 'The identity token has expired. Let the shop sign a new one.',
  },
  identity_token_invalid: {
    status: 401,
    message:
      'The identity token cannot be used: {reason}. The shop must sign it anew, with "aud": "answerbox", "sub" and "exp".',
  },
  action_unknown: {
    status: 404,
    message: 'There is no action named {name}. See actions.json in the data folder for the shop’s own.',
  },
  action_input_invalid: {
    status: 400,
    message: 'The action {name} cannot be run with this input: {reason}.',
  },
  action_not_pending: {
    status: 404,
    message: 'Nothing waits to be confirmed under this id any more. Ask for it again, then confirm it.',
  },
  action_failed: { status: 502, message: 'The action {name} failed: {reason}.' },
  trace_not_found: {
    status: 404,
    message:
      'There is no trace of the message {id}: it is no answer, or older than what "trace_days" and "trace_megabytes" keep.',
  },
  model_not_found: {
    status: 404,
    message: 'There is no model named "{model}" for this. Use one of: {known}. GET /v1/models lists all.',
  },
  parameter_unsupported: { status: 400, message: '"{param}" cannot be used like this: {reason}.' },
  input_too_long: {
    status: 400,
    message: '"{param}" has {found} tokens; the model reads {limit} at most. Split it, or {advice}.',
  },
  answer_not_found: {
    status: 404,
    message: 'There is no answer under the id {id} that could be gone on with. Send the question again.',
  },
  answer_interrupted: {
    status: 503,
    message: 'The answer to this question was broken off before its end. Send it again under a new id.',
  },
  proof_needed: {
    status: 428,
    message:
      'A new conversation begins with a proof of work, and {reason}. Get a challenge from GET /api/v1/challenge, solve it and send it as "proof".',
  },
  streams_spent: {
    status: 429,
    message:
      'Your network has {limit} conversations open already. Close one, or ask the shop to raise address_streams.',
  },
  budget_spent: {
    status: 429,
    message: 'You have sent many messages in a short time. Wait {seconds} seconds, then send this one again.',
  },
} as const satisfies ErrorTable;
