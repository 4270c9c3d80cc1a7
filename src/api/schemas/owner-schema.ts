import { Type } from '@sinclair/typebox';
import { WEIGHT_RANGES, type RetrievalWeights } from '../../answer/retrieval-weights.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const NULLABLE_NUMBER = Type.Union([Type.Number(), Type.Null()]);

/** What the owner's pages show: settings, models, the machine, who is there. */
export const SETTING = Type.Object({
  key: Type.String(),
  variable: Type.String({ description: 'of the environment' }),
  value: Type.Unknown({ description: '"(set)" for what is secret' }),
  default: Type.Unknown(),
  range: Type.String(),
  description: Type.String(),
});

export const ERROR_RATE = Type.Object({
  rate: Type.Number({ description: '0 takes the thresholds as fitted' }),
  from: Type.String({ description: 'console or configuration' }),
});

export const NEW_ERROR_RATE = Type.Object(
  {
    rate: Type.Number({
      minimum: 0,
      maximum: 0.5,
      description: 'most wrong ones among answers without a caveat; 0 takes the thresholds as fitted',
    }),
  },
  { additionalProperties: false },
);

const weight = (name: keyof RetrievalWeights, description: string) => {
  const [minimum, maximum] = WEIGHT_RANGES[name];
  // No `default`: what is left out of a request keeps the weight in force, and a validator would fill it in.
  return { minimum, maximum, description };
};

export const SEARCH_WEIGHTS = Type.Object(
  {
    candidates: Type.Integer(weight('candidates', 'passages taken from each of keyword and vector search')),
    keyword_weight: Type.Number(weight('keywordWeight', 'what a full keyword match adds to the cosine')),
    sentence_weight: Type.Number(
      weight('sentenceWeight', 'what the nearest sentence counts beside the passage'),
    ),
    fusion_weight: Type.Number(
      weight('fusionWeight', 'what both count beside the relevance that the reader sees'),
    ),
  },
  { additionalProperties: false },
);

export const NEW_SEARCH_WEIGHTS = Type.Partial(SEARCH_WEIGHTS, { minProperties: 1 });

const WEIGHT_RANGE = Type.Object({ minimum: Type.Number(), maximum: Type.Number() });

export const SEARCH_WEIGHTS_STATE = Type.Object({
  in_force: SEARCH_WEIGHTS,
  defaults: SEARCH_WEIGHTS,
  ranges: Type.Object({
    candidates: WEIGHT_RANGE,
    keyword_weight: WEIGHT_RANGE,
    sentence_weight: WEIGHT_RANGE,
    fusion_weight: WEIGHT_RANGE,
  }),
});

export const MODEL_CHANGE = Type.Union(
  [
    Type.Object({
      done: Type.Integer(),
      total: Type.Integer(),
      failure: Type.Union([Type.String(), Type.Null()], {
        description: 'why the last try ended; it is tried again',
      }),
    }),
    Type.Null(),
  ],
  { description: 'passages that a new embedder has seen while the old one serves' },
);

export const MODELS_STATE = Type.Object({
  models: Type.Array(
    Type.Object({
      role: Type.String(),
      name: Type.String(),
      file: Type.String(),
      bytes: Type.Integer(),
      sha256: Type.String(),
      licence: Type.String(),
      base: Type.String(),
      format: Type.String(),
      context_tokens: NULLABLE_NUMBER,
    }),
  ),
  missing: Type.Array(Type.String(), { description: 'roles that no model has' }),
  process: Type.Object({
    state: Type.String({ description: 'starting, ready, restarting, failed or stopped' }),
    since: Type.String(),
    restarts: Type.Integer(),
    last_failure: NULLABLE_TEXT,
    resident_bytes: Type.Integer(),
  }),
  load: Type.Object({ waiting: Type.Integer(), running: Type.Integer() }),
  change: MODEL_CHANGE,
});

export const MODELS_VERIFIED = Type.Object({
  ok: Type.Boolean(),
  files: Type.Array(Type.String(), { description: 'those that are as the manifest says' }),
  failure: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
});

export const DOCTOR_REPORT = Type.Object({
  ok: Type.Boolean(),
  checks: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      status: Type.String({ description: 'ok, warning or failed' }),
      message: Type.String(),
      fix: NULLABLE_TEXT,
    }),
  ),
});

export const LIVE_VIEW = Type.Object({
  at: Type.String(),
  turns: Type.Array(
    Type.Object({
      thread_id: NULLABLE_TEXT,
      question: Type.String(),
      doing: Type.String({ description: 'waiting, the stage that ended last, or writing' }),
      seconds: Type.Number(),
    }),
    { description: 'questions that are being answered now' },
  ),
  threads: Type.Array(
    Type.Object({
      thread_id: Type.String(),
      subject: Type.String(),
      state: Type.String(),
      ticket: Type.Union([Type.Integer(), Type.Null()]),
      customer_here: Type.Boolean(),
      present: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          state: Type.String(),
          kind: NULLABLE_TEXT,
        }),
      ),
    }),
    { description: 'conversations that somebody looks at now' },
  ),
  models: Type.Object({ waiting: Type.Integer(), running: Type.Integer() }),
});
