import { Type } from '@sinclair/typebox';
import { FORMAT_NAMES } from '../../ingest/format-names.ts';
import { DOCUMENT_STATES } from '../../stores/contracts.ts';
import { NEW_SEARCH_WEIGHTS } from './owner-schema.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);

export const DOCUMENT = Type.Object({
  id: Type.String(),
  source: Type.String(),
  title: Type.String(),
  url: NULLABLE_TEXT,
  media_type: Type.String(),
  sha256: Type.String(),
  bytes: Type.Integer(),
  collection: Type.String(),
  chunks: Type.Integer(),
  category: NULLABLE_TEXT,
  language: NULLABLE_TEXT,
  audience: Type.String({ description: '"public" is what customers are answered from' }),
  valid_from: NULLABLE_TEXT,
  valid_until: NULLABLE_TEXT,
  owner: Type.Union([Type.String(), Type.Null()], { description: 'who in the shop looks after it' }),
  created_at: Type.String(),
  updated_at: Type.String(),
  problems: Type.Array(Type.Object({ source: Type.String(), code: Type.String(), message: Type.String() }), {
    description: 'parts that could not be read though the rest was',
  }),
  enabled: Type.Boolean({ description: 'false: none of it is retrieved' }),
  own_text: Type.Union([Type.Literal('edited'), Type.Literal('overtaken'), Type.Null()], {
    description:
      '"edited": a text written or brought back here stands before that of its source; "overtaken": its source changed since, and that text is among the versions',
  }),
});

/** The source as it is written; `sha256`: of its bytes, which an edit must still find there. */
export const EDITABLE_TEXT = Type.Object({
  text: Type.String({ minLength: 1 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

export const NEW_ORIGINAL = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 1000 }),
    base64: Type.String({ minLength: 1 }),
    sha256: Type.Optional(EDITABLE_TEXT.properties.sha256),
  },
  { additionalProperties: false },
);

export const ENABLED = Type.Object({ enabled: Type.Boolean() }, { additionalProperties: false });

export const DOCUMENT_WITH_TEXT = Type.Intersect([
  DOCUMENT,
  Type.Object({
    text: Type.String(),
    summary: Type.Union([Type.String(), Type.Null()], {
      description: 'what it is about in its own words, searched too; null of a short document',
    }),
  }),
]);

export const DOCUMENT_LIST = Type.Object({
  documents: Type.Array(DOCUMENT),
  total: Type.Integer({ description: 'of all pages' }),
});
const LOOKED_FOR = Type.Optional(Type.String({ maxLength: 200 }));
/** What documents are looked for by. */
export const DOCUMENT_FILTERS = {
  words: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'part of the title or the source' }),
  ),
  category: LOOKED_FOR,
  language: LOOKED_FOR,
  audience: LOOKED_FOR,
  collection: Type.Optional(
    Type.String({ maxLength: 200, description: '"demo", "documents", or "source:ID" of a site or folder' }),
  ),
  format: Type.Optional(
    Type.String({ maxLength: 10, description: `one of ${FORMAT_NAMES.join(', ')}: by content, not by name` }),
  ),
  state: Type.Optional(
    Type.Union(
      DOCUMENT_STATES.map((state) => Type.Literal(state)),
      {
        description:
          'by its dates; "problems": parts could not be read; "disabled": it or a passage of it is not retrieved; "edited", "overtaken": see own_text',
      },
    ),
  ),
};
export const DOCUMENT_FILTERS_OBJECT = Type.Object(DOCUMENT_FILTERS);
export const DOCUMENT_LIST_QUERY = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  after: Type.Optional(Type.String({ description: 'the source of the last document of the page before' })),
  ...DOCUMENT_FILTERS,
});

const SCOPE_WORD = Type.Optional(Type.Union([Type.String({ maxLength: 60 }), Type.Null()]));
const SCOPE_TIME = Type.Optional(
  Type.Union([Type.String({ maxLength: 40 }), Type.Null()], {
    description: 'a day of the shop ("2026-12-31", the last one included) or an ISO 8601 time',
  }),
);
/** What is given goes before a document's front matter, and stays until it is given anew or taken back by null. */
export const GIVEN_SCOPE = {
  category: SCOPE_WORD,
  language: SCOPE_WORD,
  audience: SCOPE_WORD,
  valid_from: SCOPE_TIME,
  valid_until: SCOPE_TIME,
  owner: SCOPE_WORD,
};

export const UPLOAD_LIMITS = Type.Object({
  document_bytes: Type.Integer({ description: 'of one file' }),
  request_bytes: Type.Integer({ description: 'of one upload' }),
  files: Type.Integer({ description: 'of one upload' }),
  media_types: Type.Array(Type.String()),
});

const COUNTS = Type.Record(Type.String(), Type.Integer());
export const DOCUMENT_FACETS = Type.Object({
  categories: COUNTS,
  languages: COUNTS,
  audiences: COUNTS,
  collections: COUNTS,
});

export const DOCUMENT_CHUNK = Type.Object({
  id: Type.Integer(),
  ordinal: Type.Integer(),
  heading_path: Type.String(),
  text: Type.String(),
  start: Type.Integer({ description: "text is the document's text.slice(start, end)" }),
  end: Type.Integer(),
  tokens: Type.Integer(),
  page: Type.Union([Type.Integer(), Type.Null()]),
  enabled: Type.Boolean({ description: 'false: not retrieved, by itself or with its whole document' }),
});

export const NEW_DOCUMENTS = Type.Object({
  documents: Type.Array(
    Type.Object({
      source: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 2000,
          description:
            'identity: the same source replaces. Left out: "api:" with the title, else the name, else the SHA-256 of the bytes; two documents of one request with the same title (or name) are refused then',
        }),
      ),
      name: Type.Optional(Type.String({ maxLength: 500, description: 'file name, tells the format' })),
      title: Type.Optional(Type.String({ maxLength: 500 })),
      url: Type.Optional(Type.String({ maxLength: 2000 })),
      media_type: Type.Optional(Type.String({ maxLength: 100 })),
      ...GIVEN_SCOPE,
      text: Type.Optional(Type.String()),
      base64: Type.Optional(Type.String({ description: 'the bytes, instead of text' })),
    }),
    { minItems: 1, maxItems: 1000 },
  ),
});

const RANKED = Type.Union([Type.Object({ rank: Type.Integer(), score: Type.Number() }), Type.Null()]);

const SCOPE_WORDS = Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50 }));

/** Which documents are searched; what is left out limits nothing. */
export const DOCUMENT_FILTER = Type.Object({
  categories: SCOPE_WORDS,
  languages: SCOPE_WORDS,
  audiences: SCOPE_WORDS,
});

export const SEARCH_REQUEST = Type.Object({
  query: Type.String({ minLength: 1, maxLength: 4000 }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
  settings: Type.Optional(NEW_SEARCH_WEIGHTS),
  filter: Type.Optional(
    Type.Intersect([
      DOCUMENT_FILTER,
      Type.Object({
        collections: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
            maxItems: 50,
            description: '"demo", "documents", or "source:ID" of a site or folder',
          }),
        ),
        expired: Type.Optional(
          Type.Boolean({ description: 'true: also what does not hold now; answers never use it' }),
        ),
      }),
    ]),
  ),
});

export const WHY_NOT_REQUEST = Type.Object({
  query: Type.String({ minLength: 1, maxLength: 4000 }),
  document_id: Type.String({ minLength: 1, maxLength: 100 }),
  settings: SEARCH_REQUEST.properties.settings,
  filter: SEARCH_REQUEST.properties.filter,
});

const NUMBER_OR_NULL = Type.Union([Type.Number(), Type.Null()]);
const INTEGER_OR_NULL = Type.Union([Type.Integer(), Type.Null()]);
export const WHY_NOT = Type.Object({
  verdict: Type.String({ description: 'read, candidate, not_near, excluded or no_text' }),
  excluded_by: Type.Union([Type.String(), Type.Null()], {
    description: 'audience, category, language, dates or disabled',
  }),
  passage: Type.Union(
    [
      Type.Object({
        heading_path: Type.String(),
        text: Type.String(),
        start: Type.Integer(),
        end: Type.Integer(),
      }),
      Type.Null(),
    ],
    { description: 'the one that comes nearest' },
  ),
  keyword: Type.Union([
    Type.Object({ rank: Type.Integer(), score: Type.Number(), needed: NUMBER_OR_NULL }),
    Type.Null(),
  ]),
  vector: Type.Union([Type.Object({ score: Type.Number(), needed: NUMBER_OR_NULL }), Type.Null()]),
  fused_rank: INTEGER_OR_NULL,
  reranked_rank: INTEGER_OR_NULL,
  relevance: NUMBER_OR_NULL,
  answerable: NUMBER_OR_NULL,
});

export const SEARCH_RESULT = Type.Object({
  results: Type.Array(
    Type.Object({
      document_id: Type.String(),
      title: Type.String(),
      url: NULLABLE_TEXT,
      heading_path: Type.String(),
      text: Type.String(),
      start: Type.Integer(),
      end: Type.Integer(),
      page: Type.Union([Type.Integer(), Type.Null()], {
        description: 'page or slide that it begins on, from 1',
      }),
      last_page: Type.Union([Type.Integer(), Type.Null()]),
      scores: Type.Object({
        bm25: RANKED,
        vector: RANKED,
        fused: RANKED,
        reranked: RANKED,
        relevance: Type.Union([Type.Number(), Type.Null()]),
        answerable: Type.Union([Type.Number(), Type.Null()]),
      }),
    }),
  ),
  keywords_only: Type.Boolean({ description: 'true while the models are away' }),
  timings_ms: Type.Object({ retrieve: Type.Number(), rerank: Type.Number() }),
});

export const ID_PARAMETERS = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });
