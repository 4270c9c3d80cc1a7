import { Type } from '@sinclair/typebox';

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
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const DOCUMENT_WITH_TEXT = Type.Intersect([DOCUMENT, Type.Object({ text: Type.String() })]);

export const NEW_DOCUMENTS = Type.Object({
  documents: Type.Array(
    Type.Object({
      source: Type.Optional(
        Type.String({ minLength: 1, maxLength: 2000, description: 'identity: the same source replaces' }),
      ),
      name: Type.Optional(Type.String({ maxLength: 500, description: 'file name, tells the format' })),
      title: Type.Optional(Type.String({ maxLength: 500 })),
      url: Type.Optional(Type.String({ maxLength: 2000 })),
      media_type: Type.Optional(Type.String({ maxLength: 100 })),
      text: Type.Optional(Type.String()),
      base64: Type.Optional(Type.String({ description: 'the bytes, instead of text' })),
    }),
    { minItems: 1, maxItems: 1000 },
  ),
});

const RANKED = Type.Union([Type.Object({ rank: Type.Integer(), score: Type.Number() }), Type.Null()]);

export const SEARCH_REQUEST = Type.Object({
  query: Type.String({ minLength: 1, maxLength: 4000 }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
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

export const JOB = Type.Object({
  id: Type.String(),
  state: Type.String(),
  total: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
  created_at: Type.String(),
  finished_at: NULLABLE_TEXT,
  items: Type.Array(
    Type.Object({
      source: Type.String(),
      state: Type.String(),
      document_id: NULLABLE_TEXT,
      code: NULLABLE_TEXT,
      message: NULLABLE_TEXT,
    }),
  ),
});

export const ID_PARAMETERS = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });
