import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { ABUSE } from '../../abuse/abuse-settings.ts';
import type { Answer } from '../../answer/answer-types.ts';
import { DOCUMENT_FILTER } from './knowledge-schema.ts';

const literals = <Value extends string>(...values: Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));
const NULL = Type.Null();
const MILLISECONDS = Type.Number({ minimum: 0 });

export const CITATION = Type.Object({
  index: Type.Integer({ minimum: 1 }),
  document_id: Type.String(),
  title: Type.String(),
  url: Type.Union([Type.String(), NULL]),
  quote: Type.String({ description: "equal to the document's text.slice(start, end)" }),
  start: Type.Integer({ minimum: 0 }),
  end: Type.Integer({ minimum: 0 }),
  page: Type.Optional(Type.Integer({ minimum: 1, description: 'page or slide that the quote begins on' })),
});

const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, NULL]);
const liveValue = <Schema extends TSchema>(value: Schema) =>
  orNull(
    Type.Object({
      value,
      source: Type.String(),
      read_at: Type.String({ description: 'when the source was read, ISO 8601' }),
    }),
  );

const PRODUCT = Type.Object({
  code: Type.String(),
  family: Type.String(),
  name: Type.String(),
  url: orNull(Type.String()),
  attributes: Type.Record(Type.String(), Type.String()),
  price: liveValue(Type.String({ description: 'such as 199.00 EUR' })),
  stock: liveValue(Type.Number({ description: 'pieces' })),
  delivery_days: liveValue(Type.Number({ description: 'working days until it is sent' })),
});

const ORDER = Type.Object({
  number: Type.String(),
  state: Type.String(),
  items: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), quantity: Type.Number() })),
  total: orNull(Type.String()),
  placed_at: Type.String(),
  shipped_at: orNull(Type.String()),
  expected_at: orNull(Type.String()),
  carrier: orNull(Type.String()),
  tracking: orNull(Type.String()),
  source: Type.String(),
  read_at: Type.String(),
});

export const ANSWER = Type.Object({
  conversation_id: Type.String(),
  message_id: Type.String(),
  outcome: literals('answered', 'answered_with_caveat', 'clarify', 'handed_off', 'declined'),
  answer: Type.String(),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  intent: Type.Union([Type.Object({ name: Type.String(), confidence: Type.Number() }), NULL]),
  language: Type.String(),
  quick_replies: Type.Array(Type.String()),
  citations: Type.Array(CITATION),
  products: Type.Array(PRODUCT),
  order: Type.Union([ORDER, NULL]),
  ticket: orNull(Type.Object({ number: Type.Integer(), status: Type.String() })),
  mode: literals('generated', 'extractive', 'curated', 'cached'),
  timings_ms: Type.Object({
    total: MILLISECONDS,
    preprocess: MILLISECONDS,
    intent: MILLISECONDS,
    live: MILLISECONDS,
    retrieve: MILLISECONDS,
    rerank: MILLISECONDS,
    first_token: MILLISECONDS,
    generate: MILLISECONDS,
    verify: MILLISECONDS,
  }),
});

type Same<Left, Right> = Left extends Right ? (Right extends Left ? true : never) : never;

/**
 * The schema and the type that the path uses must not drift apart: this line fails to compile then.
 * @public
 */
export const ANSWER_SCHEMA_IS_TYPE: Same<Static<typeof ANSWER>, Answer> = true;

/** Whoever knows the id may hear the answer, so it must be too long to guess. */
export const QUESTION_ID = Type.String({
  pattern: '^[A-Za-z0-9_-]{20,64}$',
  description: 'made up by the client for each question, 20 to 64 letters, digits, - or _, such as a UUID',
});

export const PROOF = Type.Object(
  { challenge: Type.String({ maxLength: 300 }), nonce: Type.String({ maxLength: ABUSE.nonceCharacters }) },
  { description: 'of work, where an anonymous conversation needs one: see GET /api/v1/challenge' },
);

export const CHAT_REQUEST = Type.Object({
  id: Type.Optional({
    ...QUESTION_ID,
    description:
      'of your own, 20 to 64 letters, digits, - or _: sent again under it, a question is asked once',
  }),
  proof: Type.Optional(PROOF),
  message: Type.String({ description: 'the question' }),
  conversation_id: Type.Optional(Type.String()),
  stream: Type.Optional(Type.Boolean()),
  mode: Type.Optional(literals('auto', 'extractive', 'generated')),
  language: Type.Optional(
    Type.String({
      maxLength: 35,
      description: "BCP 47 tag of the answer's own words (en, zh, de, fr, es); else the question's language",
    }),
  ),
  filter: Type.Optional(DOCUMENT_FILTER),
  identity: Type.Optional(
    Type.String({ description: 'who the customer is: a token (JWT) signed by the shop', maxLength: 16_000 }),
  ),
  metadata: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
