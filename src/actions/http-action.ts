import { Type, type TObject, type TSchema } from '@sinclair/typebox';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { refuseOffline } from '../outbound/outbound-switch.ts';
import type { Action, ActionContext, ActionInput } from './action-contracts.ts';
import { ACTIONS } from './action-settings.ts';
import { fillTemplate, placesIn } from './fill-template.ts';
import { httpDialogue } from './http-dialogue.ts';
import { wholePattern, type HttpActionDefinition } from './http-action-definition.ts';
import { readBounded } from './read-bounded.ts';

/** An action of the owner's, as {@link readActionsFile} checked it. */
export function createHttpAction(definition: HttpActionDefinition): Action {
  const { name, description, changes, confirm = description } = definition;
  return {
    name,
    description,
    changes,
    input: inputSchemaOf(definition),
    confirmText: (input) => fillTemplate(confirm, input),
    run: (input, context) => send(definition, input, context),
    ...httpDialogue(definition),
  };
}

function inputSchemaOf({ input }: HttpActionDefinition): TObject {
  const fields = Object.entries(input).map(([name, field]): [string, TSchema] => {
    const description = field.description === undefined ? {} : { description: field.description };
    const schema = fieldSchemaOf(field, description);
    return [name, field.required === true ? schema : Type.Optional(schema)];
  });
  return Type.Object(Object.fromEntries(fields), { additionalProperties: false });
}

function fieldSchemaOf(
  { type, pattern }: HttpActionDefinition['input'][string],
  options: { description?: string },
): TSchema {
  switch (type) {
    case 'string':
      return Type.String({
        ...options,
        minLength: 1,
        maxLength: ACTIONS.textCharacters,
        ...(pattern === undefined ? {} : { pattern: wholePattern(pattern) }),
      });
    case 'integer':
      return Type.Integer(options);
    case 'number':
      return Type.Number(options);
    case 'boolean':
      return Type.Boolean(options);
  }
}

async function send(
  definition: HttpActionDefinition,
  input: ActionInput,
  { signal, idempotencyKey }: ActionContext,
): Promise<unknown> {
  const { name, timeout_ms: timeout = ACTIONS.timeout } = definition;
  const limit = AbortSignal.timeout(timeout);
  const fail = (reason: string, cause?: unknown): AnswerboxError =>
    new AnswerboxError('action_failed', { name, reason: `${reason}${doubtOf(definition)}` }, cause);
  try {
    const request = requestFor(definition, input, idempotencyKey);
    // A redirect would leave the hosts that the owner allowed.
    const options = {
      ...request.options,
      redirect: 'manual' as const,
      signal: AbortSignal.any([signal, limit]),
    };
    refuseOffline('action', request.url.host);
    const response = await fetch(request.url, options);
    const body = await readBounded(response, ACTIONS.responseBytes);
    if (response.status >= 500) throw new Error(`it answered ${response.status}`);
    if (!response.ok)
      throw new AnswerboxError('action_failed', { name, reason: `it answered ${response.status}` });
    return body === '' ? null : parseBody(body, response.headers.get('content-type'));
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    if (signal.aborted) throw new AnswerboxError('cancelled', {}, error);
    if (limit.aborted) throw fail(`no answer within ${timeout} ms`, error);
    throw fail(networkReasonOf(error), error);
  }
}

/** A change whose answer was lost may have happened all the same. */
function doubtOf({ changes }: HttpActionDefinition): string {
  return changes ? '; whether it was done is not known' : '';
}

function requestFor(
  { name, method, url: template, headers, changes }: HttpActionDefinition,
  input: ActionInput,
  idempotencyKey: string | undefined,
): { url: URL; options: { method: string; headers: Headers; body?: string } } {
  const places = new Set(placesIn(template));
  for (const place of places) {
    const value = String(input[place]);
    // Left as they are by the encoding, and taken by every server for the folder itself or the one above.
    if (/^\.{1,2}$/.test(value))
      throw new AnswerboxError('action_input_invalid', { name, reason: `"${place}" cannot be "${value}"` });
  }
  const url = new URL(fillTemplate(template, input, encodeURIComponent));
  const rest = Object.entries(input).filter(([field]) => !places.has(field));
  const sent = new Headers(headers);
  if (changes && idempotencyKey !== undefined) sent.set('Idempotency-Key', idempotencyKey);
  if (method === 'GET' || method === 'DELETE') {
    for (const [field, value] of rest) url.searchParams.append(field, String(value));
    return { url, options: { method, headers: sent } };
  }
  sent.set('Content-Type', 'application/json');
  return { url, options: { method, headers: sent, body: JSON.stringify(Object.fromEntries(rest)) } };
}

function parseBody(body: string, contentType: string | null): unknown {
  if (contentType === null || !/\bjson\b/i.test(contentType)) return body;
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Error('its answer is not the JSON that it claims to be', { cause: error });
  }
}

/** fetch hides what happened on the socket in its cause. */
function networkReasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? `the connection failed (${code})` : reasonOf(error);
}
