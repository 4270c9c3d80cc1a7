import type { ErrorTable } from './error-table.ts';

/** Errors of signing in, of users and keys, and of what they may do. */
export const STAFF_ERRORS = {
  unauthorized: {
    status: 401,
    message:
      'This route is for staff: sign in, or send "Authorization: Bearer KEY". The admin key was printed at the first start; "answerbox keys reset" makes a new one.',
  },
  forbidden: {
    status: 403,
    message: 'This needs the permission "{permission}", which you do not have. Ask an admin.',
  },
  csrf_refused: {
    status: 403,
    message:
      'The request does not come from this console. Reload the page; programs send a key instead of a cookie.',
  },
  sign_in_failed: {
    status: 401,
    message: 'The e-mail address and password do not fit. Check both; an admin can set a new password.',
  },
  sign_in_paused: {
    status: 429,
    message:
      'Too many wrong tries. Try again in {seconds} seconds, or from a browser you signed in with before.',
  },
  setup_done: {
    status: 409,
    message: 'This answerbox has its first user already. Sign in, or ask an admin for an account.',
  },
  setup_code_invalid: {
    status: 403,
    message:
      'This is not the set-up code. It is printed at each start until there is a user, and good for a day.',
  },
  password_weak: { status: 422, message: 'This password is easy to guess: {reason}. Choose a longer one.' },
  user_exists: { status: 409, message: 'There is a user with the address {email} already.' },
  user_not_found: { status: 404, message: 'There is no user with the id {id}.' },
  user_beyond: {
    status: 403,
    message: 'The role {role} is above yours. Only somebody who has it can give it or change its holders.',
  },
  last_owner: {
    status: 409,
    message: 'This is the last owner. Make somebody else an owner first.',
  },
  key_not_found: { status: 404, message: 'There is no key with the id {id}.' },
} as const satisfies ErrorTable;
