/**
 * Every error that a person or a program can meet: code, HTTP status, and the sentence that says
 * what to do. `{name}` places are filled from the details given to {@link fail}.
 */
export const ERROR_TABLE = {
  question_empty: { status: 400, message: 'The question is empty. Send some text in "message".' },
  question_too_long: {
    status: 413,
    message: 'The question has {found} characters; at most {limit} are taken. Shorten it.',
  },
  question_not_text: {
    status: 400,
    message: 'The question holds no readable text. Send plain UTF-8 text.',
  },
  request_invalid: { status: 400, message: 'The request is not valid: {reason}.' },
  request_too_large: {
    status: 413,
    message: 'The request is larger than {limit} bytes. Send less at once.',
  },
  unauthorized: {
    status: 401,
    message:
      'This route is for staff: sign in, or send "Authorization: Bearer KEY". The admin key was printed at the first start; "answerbox keys reset" makes a new one.',
  },
  origin_not_allowed: {
    status: 403,
    message:
      'Pages of {origin} may not use the chat. Add that origin to ANSWERBOX_WIDGET_ORIGINS and start again.',
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
  not_found: { status: 404, message: 'There is no {what} here. Check the address.' },
  document_not_found: { status: 404, message: 'There is no document with the id {id}.' },
  job_not_found: { status: 404, message: 'There is no job with the id {id}.' },
  conversation_not_found: { status: 404, message: 'There is no conversation with the id {id}.' },
  document_empty: { status: 422, message: '{source} holds no text that could be read.' },
  document_too_large: {
    status: 413,
    message:
      '{source} has {found} bytes; at most {limit} are taken. Split it, or raise ANSWERBOX_MAX_DOCUMENT_BYTES.',
  },
  document_binary: {
    status: 415,
    message:
      '{source} is {found}, which cannot be read. Save it as PDF, DOCX, XLSX, PPTX, HTML, Markdown or plain text and send that.',
  },
  document_encoding: {
    status: 422,
    message: '{source} is text in no encoding that could be made out. Save it as UTF-8 and try again.',
  },
  document_damaged: {
    status: 422,
    message:
      '{source} is damaged or cut off and cannot be read as {format}: {reason}. Open it in the program that made it, save it anew, and send the new file.',
  },
  document_encrypted: {
    status: 422,
    message:
      '{source} is protected with a password or by rights management. Save a copy without it and send the copy.',
  },
  document_needs_ocr: {
    status: 422,
    message:
      '{source} holds pictures of text only. Install the Debian package tesseract-ocr (and tesseract-ocr-LANGUAGE), then send it again.',
  },
  document_unmapped_fonts: {
    status: 422,
    message:
      '{source} draws its text with fonts that do not say which letters they show. Make the PDF anew with text export, or install the Debian package tesseract-ocr and send it again.',
  },
  document_over_limit: {
    status: 413,
    message: '{source} has {found} {what}; at most {limit} are read. Split it and send the parts.',
  },
  document_compression: {
    status: 413,
    message:
      '{source} unpacks to {found} bytes, {ratio} times its size; files like that are not opened. Unpack it yourself and send what you need.',
  },
  document_nesting: {
    status: 413,
    message: '{source} nests {what} deeper than {limit} levels. Send the inner files by themselves.',
  },
  document_xml_entities: {
    status: 422,
    message:
      '{source} declares XML entities, which no office program does and attacks do. Open it in an office program and save it anew.',
  },
  document_member_name: {
    status: 422,
    message:
      '{source} has a name that leads out of its archive or cannot be shown. Pack it again under a plain name.',
  },
  document_timeout: {
    status: 422,
    message:
      '{source} was not read after {seconds} seconds, so reading it was ended. Split it, or save it in a simpler format.',
  },
  document_memory: {
    status: 422,
    message:
      '{source} needed more than {limit} MB of memory, so reading it was ended. Split it, or save it in a simpler format.',
  },
  document_reader_ended: {
    status: 422,
    message:
      'Reading {source} ended the process that did it ({reason}). Nothing else was touched; save the file in another format and send that.',
  },
  document_scope_invalid: {
    status: 422,
    message: '{source}: "{field}" is "{found}"; it needs {needed}. Correct it and send the document again.',
  },
  source_unreadable: {
    status: 422,
    message: '{source} could not be read: {reason}. Check that it exists and may be read.',
  },
  source_vanished: {
    status: 422,
    message: '{source} was gone when it was to be read. Run ingest again if it comes back.',
  },
  document_gave_up: {
    status: 500,
    message:
      '{source} was begun {attempts} times and never came to an end: the program or its models ended each time. Leave it out, or retry it by itself.',
  },
  job_over: { status: 409, message: 'The job {id} is over ({state}). Retry its failed files instead.' },
  job_nothing_to_retry: {
    status: 409,
    message: 'Nothing of the job {id} can be retried: no file failed, or its bytes are gone. Send it again.',
  },
  source_not_found: { status: 404, message: 'There is no watched site or folder with the id {id}.' },
  doctor_elsewhere: {
    status: 409,
    message: 'No server runs here that could be checked. Run "answerbox doctor" instead.',
  },
  version_not_found: { status: 404, message: 'The document {id} has no version {version}.' },
  site_address_invalid: {
    status: 400,
    message: '{address} cannot be crawled: {reason}. Give a full address, as https://shop.example/help.',
  },
  page_skipped: { status: 422, message: '{source} was not read: {reason}.' },
  page_unreachable: {
    status: 502,
    message: '{source} could not be reached: {reason}. Check the address, or retry it later.',
  },
  page_missing: {
    status: 404,
    message: '{source} is not there ({status}). Correct the link, or leave it out with an exclude pattern.',
  },
  page_refused: {
    status: 502,
    message:
      '{source} answered {status}. Let the crawler (user agent Answerbox) in, or save the page and upload it.',
  },
  page_too_large: {
    status: 413,
    message: '{source} is larger than {limit} bytes. Save the part that is needed and upload it.',
  },
  page_too_slow: {
    status: 504,
    message: '{source} took longer than {seconds} seconds. Retry it when the site is faster.',
  },
  page_address_refused: {
    status: 403,
    message:
      '{source} leads to {address}, which is private or local and so refused. If that host is yours, name it in ANSWERBOX_CRAWL_PRIVATE_HOSTS.',
  },
  robots_unreadable: {
    status: 502,
    message:
      'The rules of {source} (robots.txt) could not be read: {reason}. Without them nothing is read; retry later.',
  },
  gap_not_found: { status: 404, message: 'There is no open question group with the id {id}.' },
  health_running: {
    status: 409,
    message: 'A check of the knowledge is running. Wait for it, or stop it first.',
  },
  storage_full: {
    status: 507,
    message: 'The disk that holds {path} is full. Free some space; what was stored before is intact.',
  },
  storage_failed: { status: 500, message: 'The store at {path} could not be written: {reason}.' },
  store_damaged: {
    status: 500,
    message:
      'The store at {path} is damaged: {reason}. Restore it from a backup, or move the file away and ingest again.',
  },
  data_folder_locked: {
    status: 409,
    message:
      'Another answerbox process (pid {pid}) already uses {path}. Stop it, or set ANSWERBOX_DATA_DIR to another folder.',
  },
  data_folder_unusable: {
    status: 500,
    message: 'The data folder {path} cannot be used: {reason}. Check that it exists and may be written.',
  },
  model_missing: {
    status: 500,
    message:
      'The model file {file} is missing. Restore models/ from the release (git checkout models, or the image).',
  },
  model_damaged: {
    status: 500,
    message:
      'The model file {file} is damaged: its SHA-256 is {found}, the manifest says {expected}. Restore it from the release.',
  },
  model_unusable: {
    status: 500,
    message:
      'The model file {file} cannot be loaded: {reason}. Restore models/ from the release, or run "answerbox doctor".',
  },
  model_manifest_invalid: { status: 500, message: 'The model manifest {file} cannot be used: {reason}.' },
  models_unavailable: {
    status: 503,
    message:
      'The models are starting again after a failure. Stored answers and keyword search still work; try again in {seconds} seconds.',
  },
  model_failed: {
    status: 503,
    message:
      'The model process ended while it worked on this ({reason}). It is being started again; ask again.',
  },
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
  cancelled: { status: 499, message: 'The work was cancelled.' },
  config_unknown_key: {
    status: 500,
    message: 'Unknown setting {key}. Did you mean {nearest}? "answerbox config --explain" lists all.',
  },
  config_bad_value: { status: 500, message: 'The setting {key} has the value {found}; it needs {needed}.' },
  config_unreadable: { status: 500, message: 'The file {path} is not valid JSON: {reason}.' },
  port_unavailable: {
    status: 500,
    message: 'The address {host}:{port} cannot be listened on: {reason}. Set ANSWERBOX_PORT to a free port.',
  },
  evaluation_file_invalid: { status: 400, message: '{path} line {line}: {reason}.' },
  intent_examples_invalid: {
    status: 400,
    message:
      '{path} cannot be trained from: {reason}. Each intent needs at least {least} examples, as lines {"text", "label"}; label "oos" marks texts of no intent.',
  },
  intents_stale: {
    status: 409,
    message:
      'Your own intents were trained with another embedder ({found}); now it is {expected}. Run "answerbox intents train" with your file again.',
  },
  intents_damaged: {
    status: 500,
    message:
      'The file {path} with your own intents is damaged: {reason}. Run "answerbox intents train" with your file again.',
  },
  table_empty: {
    status: 422,
    message: '{source} is empty. Send a table with a header line and at least one row, or a JSON list.',
  },
  table_binary: {
    status: 415,
    message: '{source} is not a table of text (found {found}). Export it as CSV or JSON.',
  },
  table_too_large: {
    status: 413,
    message: '{source} is larger than {limit} bytes. Split it, and import the parts without replacing.',
  },
  table_broken: {
    status: 422,
    message: '{source} cannot be read from line {line} on: {reason}. Nothing was changed; correct the file.',
  },
  table_not_a_list: {
    status: 422,
    message: '{source} holds no list. Send a JSON list of objects, or one object a line.',
  },
  table_without_rows: {
    status: 422,
    message: '{source} holds a header and no rows. Nothing was changed.',
  },
  table_without_good_rows: {
    status: 422,
    message:
      'No row of {source} could be taken, so nothing was changed. The first problem, in line {line}: {reason}.',
  },
  table_column_missing: {
    status: 422,
    message:
      '{source} has no column for "{missing}". Say which one it is with a mapping "column={missing}". Its columns are: {found}.',
  },
  table_column_unknown: {
    status: 400,
    message:
      'The mapping names the column "{column}", which {source} does not have. Its columns are: {found}.',
  },
  product_not_found: { status: 404, message: 'There is no product with the code {code}.' },
  order_not_found: { status: 404, message: 'There is no order with the number {number}.' },
  sources_invalid: {
    status: 500,
    message:
      '{path}: {field} {reason}. Correct it, or move the file away to use the imported catalogue alone.',
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
  routes_invalid: {
    status: 500,
    message:
      'The routing table {path} cannot be used: {reason}. Correct it, or move the file away to use the built-in one.',
  },
  entity_pattern_invalid: {
    status: 400,
    message: 'The {kind} pattern "{pattern}" cannot be used: {reason}. Change it in the settings.',
  },
  synonyms_invalid: {
    status: 400,
    message:
      'The synonyms in {path} cannot be used: {reason}. The file is a JSON list of groups, as [["sofa", "couch"]].',
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
  guard_file_invalid: {
    status: 500,
    message:
      'The file {path} with your own contacts and secret patterns cannot be used: {reason}. Correct it and start again.',
  },
  actions_file_invalid: {
    status: 500,
    message: 'The file {path} cannot be used: {reason}. Correct it and start again.',
  },
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
  confidence_invalid: {
    status: 500,
    message:
      'The fitted confidence in {path} cannot be used: {reason}. Run "answerbox eval fit --save" again, or move the file away to use the built-in one.',
  },
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
  origin_refused: {
    status: 403,
    message:
      'Pages of {origin} may not open this connection. Whoever runs this server can add the site to ANSWERBOX_ALLOWED_ORIGINS.',
  },
  upgrade_required: {
    status: 426,
    message: 'This address speaks WebSocket. Open it with a WebSocket client, or send POST /api/v1/chat.',
  },
  too_many_connections: {
    status: 503,
    message: '{limit} connections are open, and no more are taken. Try again in {seconds} seconds.',
  },
  answer_not_found: {
    status: 404,
    message: 'There is no answer under the id {id} that could be gone on with. Send the question again.',
  },
  answer_interrupted: {
    status: 503,
    message: 'The answer to this question was broken off before its end. Send it again under a new id.',
  },
  usage: { status: 400, message: '{reason}' },
  internal: {
    status: 500,
    message: 'Something went wrong here. Give the request id to whoever runs this server.',
  },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_TABLE;
export type ErrorDetails = Record<string, string | number>;

/** A failure that is known and explained; anything else is hidden behind `internal`. */
export class AnswerboxError extends Error {
  override readonly name = 'AnswerboxError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(explain(code, details), cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_TABLE[this.code].status;
  }
}

function explain(code: ErrorCode, details: ErrorDetails): string {
  return ERROR_TABLE[code].message.replace(/\{(\w+)\}/g, (place, name: string) =>
    name in details ? String(details[name]) : place,
  );
}

/** Says whether a failure carries this code, so that callers need no `instanceof` ladders. */
export function hasCode(error: unknown, code: ErrorCode): error is AnswerboxError {
  return error instanceof AnswerboxError && error.code === code;
}

/** Throws `cancelled` when the signal has been raised; the caller's reason is kept as the cause. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AnswerboxError('cancelled', {}, signal.reason);
}

/** The plain reason in an unknown failure, for `{reason}` places. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
