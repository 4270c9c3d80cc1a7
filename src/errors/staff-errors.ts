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
  second_factor_needed: {
    status: 401,
    message: 'The password is right. Send it again with the code of your app, or a recovery code, as "code".',
  },
  second_factor_wrong: {
    status: 401,
    message:
      'The code does not fit or was used before. Wait for the next one of your app, or use a recovery code.',
  },
  second_factor_on: {
    status: 409,
    message: 'A second factor is in force already. Remove it first to set up another.',
  },
  oidc_off: {
    status: 404,
    message: 'No identity provider is set up here (ANSWERBOX_OIDC_ISSUER). Sign in with your password.',
  },
  oidc_unreachable: {
    status: 502,
    message:
      'The identity provider could not be asked ({reason}). Try again, or sign in with your password meanwhile.',
  },
  oidc_flow_lost: {
    status: 400,
    message:
      'This sign-in was begun elsewhere, is used up or took longer than {minutes} minutes. Begin it again here.',
  },
  oidc_refused: {
    status: 401,
    message:
      'What the identity provider sent does not prove who you are ({reason}). Begin again; if it stays, the owner compares the settings with those of the provider.',
  },
  oidc_not_allowed: {
    status: 403,
    message:
      'The identity provider knows you, yet you may not sign in here with that account. Ask an admin: the audit says why.',
  },
  oidc_code_needed: {
    status: 401,
    message: 'The identity provider knows you. Now send the code of your app, or a recovery code.',
  },
  oidc_bound: {
    status: 409,
    message: 'This account of the identity provider is bound to another user. Unbind it there first.',
  },
  role_not_found: { status: 404, message: 'There is no role named {name}. GET /api/v1/roles lists them.' },
  role_in_use: {
    status: 409,
    message: '{users} users have the role {name}. Give them another one first.',
  },
  audit_broken: {
    status: 500,
    message: 'The audit is not whole: line {line} was changed or is missing. Compare it with a backup.',
  },
  person_not_found: {
    status: 404,
    message: 'Nothing is held on this person. Give the id, the e-mail address or the number of a customer.',
  },
  retention_held: {
    status: 409,
    message:
      'This run would remove {removed} of {total} rows ("{class}"), which is more than usual; the clock may be wrong. Look at the plan, then confirm it.',
  },
  retention_clock: {
    status: 409,
    message:
      'The clock was set, or the server was off for days: nothing is removed by itself for {days} days. Look at the clock and at "answerbox privacy plan"; "answerbox privacy plan --run --yes" removes at once what is too old.',
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
