import { Type } from '@sinclair/typebox';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);

const PASSAGE = {
  chunk_id: Type.Integer(),
  document_id: Type.String(),
  title: Type.String(),
  heading_path: Type.String(),
};
/** Of every finding; the id is that of the next check, too, while it finds the same. */
const FINDING = { id: Type.String(), dismissed: Type.Boolean() };
const QUOTED = Type.Object({ ...PASSAGE, quote: Type.String() });

export const HEALTH_REPORT = Type.Object({
  checked_at: Type.String(),
  seconds: Type.Number(),
  documents: Type.Integer(),
  passages: Type.Integer(),
  stale: Type.Array(
    Type.Object({
      ...FINDING,
      document_id: Type.String(),
      title: Type.String(),
      updated_at: Type.String(),
      reason: Type.String({ description: 'not_updated, date_passed' }),
      quote: NULLABLE_TEXT,
    }),
  ),
  contradictions: Type.Array(
    Type.Object({
      ...FINDING,
      kind: Type.String({ description: 'number, date, negation, condition' }),
      one: QUOTED,
      other: QUOTED,
      decided_by: Type.String({ description: 'verifier, or rules where none is installed' }),
    }),
  ),
  duplicates: Type.Array(
    Type.Object({
      ...FINDING,
      one: Type.Object(PASSAGE),
      other: Type.Object(PASSAGE),
      cosine: Type.Number(),
      shared: Type.Number(),
    }),
  ),
  orphans: Type.Union([Type.Array(Type.Object({ ...FINDING, ...PASSAGE })), Type.Null()], {
    description: 'passages that no search brought up; null until enough questions were asked',
  }),
  questions_counted: Type.Integer(),
  dismissed: Type.Integer({ description: 'findings that were dismissed, shown or not' }),
  gaps: Type.Integer(),
});

export const NEAR_DUPLICATES = Type.Object({
  total: Type.Integer({ description: 'groups in all; the largest are listed' }),
  groups: Type.Array(
    Type.Object({
      similarity: Type.Number({ description: 'least share of runs of three words in common with the first' }),
      passages: Type.Array(Type.Object({ ...PASSAGE, text: Type.String() })),
    }),
  ),
});

export const GAP = Type.Object({
  id: Type.String(),
  question: Type.String(),
  questions: Type.Array(Type.String()),
  asked: Type.Integer(),
  passages: Type.Array(Type.Object({ ...PASSAGE, text: Type.String() })),
  draft: Type.String({ description: 'Markdown, to be edited and approved' }),
  status: Type.String({ description: 'open, approved, dismissed' }),
  updated_at: Type.String(),
  from_reply: Type.Boolean({
    description: 'the draft is a reply that staff sent in the place of a suggested one',
  }),
});

export const HEALTH_STATE = Type.Object({
  running: Type.Boolean(),
  step: NULLABLE_TEXT,
  failure: NULLABLE_TEXT,
  report: Type.Union([HEALTH_REPORT, Type.Null()]),
  gaps: Type.Array(GAP),
});

export const DISMISSED = Type.Object({ dismissed: Type.Boolean() }, { additionalProperties: false });

export const APPROVAL = Type.Object({
  title: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  text: Type.Optional(Type.String({ minLength: 1, description: 'the article, instead of the draft' })),
});

/** A line of an evaluation file. */
export const REGRESSION_QUESTION = Type.Object({ q: Type.String(), doc_id: Type.String() });

export const TEST_RUN = Type.Object({
  found: Type.Integer({ description: 'questions whose document is within the first `places`' }),
  places: Type.Integer(),
  questions: Type.Array(
    Type.Object({
      q: Type.String(),
      doc_id: Type.String(),
      document_id: NULLABLE_TEXT,
      title: Type.Union([Type.String(), Type.Null()], { description: 'null: the document is gone' }),
      place: Type.Union([Type.Integer(), Type.Null()], {
        description: 'of the document among those found, from 1; null: it was not found',
      }),
      found: Type.Boolean(),
    }),
  ),
});

export const ASKED_QUERY = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  before: Type.Optional(Type.Integer({ minimum: 1, description: '"next_before" of the page before' })),
  outcome: Type.Optional(Type.String({ maxLength: 40 })),
});

export const ASKED_LIST = Type.Object({
  questions: Type.Array(
    Type.Object({
      message_id: Type.String({ description: 'of the answer; its trace tells how it came about' }),
      question: Type.String(),
      asked_at: Type.String(),
      outcome: Type.String(),
      confidence: Type.Number(),
      intent: NULLABLE_TEXT,
      documents: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
      rating: Type.Union([Type.Number(), Type.Null()]),
      tested: Type.Boolean({ description: 'it is a regression question' }),
    }),
  ),
  next_before: Type.Union([Type.Integer(), Type.Null()]),
});

export const NEW_TEST_QUESTION = Type.Object(
  {
    message_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    question: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })),
    document_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false, minProperties: 1 },
);
