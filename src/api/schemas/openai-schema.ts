import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { ANSWER } from './answer-schema.ts';

/**
 * What OpenAI's and Cohere's clients send and expect; the names are theirs.
 * https://platform.openai.com/docs/api-reference and https://docs.cohere.com/reference/rerank
 */

const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** Taken as it comes and read by hand, so that the reader can say what is wrong with it. */
const read = (schema: object) => Type.Unknown(schema);

const TEXT_OR_PARTS = read({
  description: 'text, or a list of parts {"type": "text", "text"}',
  anyOf: [
    { type: 'string' },
    {
      type: 'array',
      items: { type: 'object', properties: { type: { type: 'string' }, text: { type: 'string' } } },
    },
    { type: 'null' },
  ],
});

const COMMON_REQUEST = {
  model: Type.String({ minLength: 1, description: '"answerbox", or the generator’s own name' }),
  stream: Type.Optional(orNull(Type.Boolean())),
  stream_options: Type.Optional(
    orNull(Type.Object({ include_usage: Type.Optional(orNull(Type.Boolean())) })),
  ),
  n: Type.Optional(orNull(Type.Integer({ minimum: 1, description: 'only 1' }))),
  max_tokens: Type.Optional(orNull(Type.Integer({ minimum: 1, description: 'for a generator' }))),
  stop: Type.Optional(
    read({
      description: 'up to four texts at which a generator stops',
      anyOf: [
        { type: 'string' },
        { type: 'array', items: { type: 'string' }, maxItems: 4 },
        { type: 'null' },
      ],
    }),
  ),
  temperature: Type.Optional(
    orNull(Type.Number({ description: 'answers are the same every time: only 0 has its meaning' })),
  ),
  user: Type.Optional(orNull(Type.String({ description: 'kept with the conversation' }))),
  metadata: Type.Optional(
    orNull(Type.Record(Type.String(), Type.Unknown(), { description: 'kept with the conversation' })),
  ),
  mode: Type.Optional(
    Type.Union(
      ['auto', 'extractive', 'generated'].map((mode) => Type.Literal(mode)),
      { description: 'extension, for "answerbox"' },
    ),
  ),
  conversation_id: Type.Optional(
    Type.String({ description: 'extension: goes on with a conversation that is kept here' }),
  ),
  citations: Type.Optional(
    Type.Union([Type.Literal('annotations'), Type.Literal('markdown')], {
      default: 'annotations',
      description: 'extension: "markdown" also appends a list of the sources to the text',
    }),
  ),
};

export const CHAT_COMPLETION_REQUEST = Type.Object(
  {
    ...COMMON_REQUEST,
    messages: Type.Array(
      Type.Object({
        role: Type.String({ description: 'system, developer, user or assistant' }),
        content: Type.Optional(TEXT_OR_PARTS),
      }),
      { minItems: 1, maxItems: 2000 },
    ),
    max_completion_tokens: Type.Optional(orNull(Type.Integer({ minimum: 1 }))),
  },
  { description: 'Other fields are ignored and named in X-Answerbox-Ignored-Parameters.' },
);

export const TEXT_COMPLETION_REQUEST = Type.Object({
  ...COMMON_REQUEST,
  prompt: read({
    description: 'one text',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 1 }],
  }),
});

export const COMPLETION_QUERY = Type.Object({
  citations: Type.Optional(COMMON_REQUEST.citations),
});

const USAGE = Type.Object({
  prompt_tokens: Type.Integer({ minimum: 0 }),
  completion_tokens: Type.Integer({ minimum: 0 }),
  total_tokens: Type.Integer({ minimum: 0 }),
});
export type Usage = Static<typeof USAGE>;

const URL_CITATION = Type.Object({
  type: Type.Literal('url_citation'),
  url_citation: Type.Object({
    start_index: Type.Integer({ description: 'of the marker, such as [1], in UTF-16 units of the text' }),
    end_index: Type.Integer(),
    url: Type.String({ description: 'page of this server that shows the source with its quote marked' }),
    title: Type.String(),
  }),
});
export type UrlCitation = Static<typeof URL_CITATION>;

const FINISH_REASON = Type.Union([Type.Literal('stop'), Type.Literal('length')]);
export type FinishReason = Static<typeof FINISH_REASON>;

const COMPLETION = {
  id: Type.String(),
  created: Type.Integer({ description: 'seconds since 1970' }),
  model: Type.String(),
  usage: USAGE,
  answerbox: Type.Optional(ANSWER),
};

export const CHAT_COMPLETION = Type.Object({
  ...COMPLETION,
  object: Type.Literal('chat.completion'),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      message: Type.Object({
        role: Type.Literal('assistant'),
        content: Type.String(),
        refusal: Type.Null(),
        annotations: Type.Array(URL_CITATION),
      }),
      logprobs: Type.Null(),
      finish_reason: FINISH_REASON,
    }),
  ),
});

export const TEXT_COMPLETION = Type.Object({
  ...COMPLETION,
  object: Type.Literal('text_completion'),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      text: Type.String(),
      logprobs: Type.Null(),
      finish_reason: FINISH_REASON,
    }),
  ),
});

export const EMBEDDING_REQUEST = Type.Object({
  model: Type.String({ minLength: 1 }),
  input: read({
    description: 'a text, or up to 2,048',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2048 }],
  }),
  encoding_format: Type.Optional(
    orNull(Type.String({ description: 'float, or base64 of little-endian 32-bit floats' })),
  ),
  dimensions: Type.Optional(orNull(Type.Integer({ description: 'only the model’s own number' }))),
  truncate: Type.Optional(
    Type.Boolean({ default: false, description: 'extension: cut texts that are too long' }),
  ),
});

export const EMBEDDINGS = Type.Object({
  object: Type.Literal('list'),
  model: Type.String(),
  data: Type.Array(
    Type.Object({
      object: Type.Literal('embedding'),
      index: Type.Integer(),
      embedding: Type.Union([Type.Array(Type.Number()), Type.String()]),
    }),
  ),
  usage: Type.Object({ prompt_tokens: Type.Integer(), total_tokens: Type.Integer() }),
});

export const RERANK_REQUEST = Type.Object({
  model: Type.Optional(orNull(Type.String())),
  query: Type.String({ minLength: 1, maxLength: 4000 }),
  documents: Type.Array(
    read({ anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }] }),
    { minItems: 1, maxItems: 1000 },
  ),
  top_n: Type.Optional(orNull(Type.Integer({ minimum: 1 }))),
  return_documents: Type.Optional(orNull(Type.Boolean({ default: false }))),
  rank_fields: Type.Optional(
    orNull(Type.Array(Type.String(), { description: 'fields of a document that are read, in order' })),
  ),
  max_chunks_per_doc: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 100, default: 10 }))),
  max_tokens_per_doc: Type.Optional(orNull(Type.Integer({ minimum: 1, default: 4096 }))),
});

export const RERANK = Type.Object({
  id: Type.String(),
  results: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'place in the documents that were sent' }),
      relevance_score: Type.Number({ minimum: 0, maximum: 1 }),
      document: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
  meta: Type.Object({
    api_version: Type.Object({ version: Type.String() }),
    billed_units: Type.Object({ search_units: Type.Integer() }),
  }),
});

export const SERVED_MODEL = Type.Object({
  id: Type.String(),
  object: Type.Literal('model'),
  created: Type.Integer({ description: 'seconds since 1970: when this server was started' }),
  owned_by: Type.String(),
  context_length: Type.Integer({ description: 'tokens' }),
});
export type ServedModel = Static<typeof SERVED_MODEL>;

export const SERVED_MODELS = Type.Object({
  object: Type.Literal('list'),
  data: Type.Array(SERVED_MODEL),
});
