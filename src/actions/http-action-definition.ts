import { Type, type Static } from '@sinclair/typebox';
import { ACTIONS } from './action-settings.ts';

const closed = { additionalProperties: false };

export const FIELD_SCHEMA = Type.Object(
  {
    type: Type.Union([
      Type.Literal('string'),
      Type.Literal('integer'),
      Type.Literal('number'),
      Type.Literal('boolean'),
    ]),
    required: Type.Optional(Type.Boolean()),
    /** A regular expression that the whole text must match. */
    pattern: Type.Optional(Type.String({ maxLength: 500 })),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    /** What is found anywhere in a message: an order number, an e-mail address … */
    entity: Type.Optional(
      Type.Union([
        Type.Literal('product-code'),
        Type.Literal('order-number'),
        Type.Literal('amount'),
        Type.Literal('date'),
        Type.Literal('email'),
        Type.Literal('phone'),
      ]),
    ),
    /** What the customer is asked when it is missing. */
    ask: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** From the shop's token: its subject, or its e-mail address. */
    from: Type.Optional(Type.Union([Type.Literal('customer'), Type.Literal('email')])),
  },
  closed,
);

/** One of the owner's own HTTP actions, as it stands in actions.json. */
export const HTTP_ACTION_SCHEMA = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
    description: Type.String({ minLength: 1, maxLength: 1_000 }),
    method: Type.Union([
      Type.Literal('GET'),
      Type.Literal('POST'),
      Type.Literal('PUT'),
      Type.Literal('PATCH'),
      Type.Literal('DELETE'),
    ]),
    /** `{field}` places in path and query; the other fields go to the query of GET and DELETE, else to a JSON body. */
    url: Type.String({ minLength: 1, maxLength: 2_000 }),
    headers: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 4_000 }))),
    input: Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' }), FIELD_SCHEMA, closed),
    changes: Type.Boolean(),
    /** Intents that ask for it: built-in ones ("cancel_order"); `answerbox intents list` shows all. */
    intents: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 })),
    /** Regular expressions, case ignored; a message that one matches asks for it. */
    patterns: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 20 })),
    /** What the customer is told when it is done, with `{field}` places of its input or of the JSON answer. */
    done: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
    /** The field with an order number that the customer must prove to be theirs first. */
    own_order: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** True: only for customers with a token of the shop. */
    identified: Type.Optional(Type.Boolean()),
    /** What the customer is asked, with `{field}` places; needed when it changes something. */
    confirm: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** "host" or "host:port"; the URL's own must be among them. */
    allow_hosts: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { minItems: 1, maxItems: 20 }),
    timeout_ms: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000 })),
  },
  closed,
);
export type HttpActionDefinition = Static<typeof HTTP_ACTION_SCHEMA>;

export const ACTIONS_FILE_SCHEMA = Type.Array(HTTP_ACTION_SCHEMA, { maxItems: ACTIONS.definitions });

/** The pattern, held against the whole of a text and not a part of it. */
export function wholePattern(pattern: string): string {
  return `^(?:${pattern})$`;
}
