import { Type, type Static } from '@sinclair/typebox';
import { FACT_FIELDS } from './fact-fields.ts';
import { HTTP_SETTINGS } from './http-settings.ts';
import { SQL_SETTINGS } from './sql-settings.ts';

/** What `sources.json` in the data folder may hold: a list, asked in its order. */

const KIND = Type.Union(['price', 'stock', 'delivery', 'order'].map((kind) => Type.Literal(kind)));
const kinds = Type.Array(KIND, { minItems: 1, uniqueItems: true });
const COMMON = {
  /** Shown in the trace. */
  name: Type.String({ minLength: 1, maxLength: 60 }),
  /** How long a reading may be served again; 0: never. */
  cache_seconds: Type.Integer({ default: 0, minimum: 0, maximum: 86_400 }),
};
const closed = { additionalProperties: false };

const EMBEDDED = Type.Object(
  {
    type: Type.Literal('embedded'),
    ...COMMON,
    kinds: Type.Unsafe<Static<typeof kinds>>({ ...kinds, default: ['price', 'stock', 'delivery', 'order'] }),
  },
  closed,
);

const HTTP = Type.Object(
  {
    type: Type.Literal('http'),
    ...COMMON,
    kinds,
    /** With {key}. */
    url: Type.String({ minLength: 1, maxLength: 2_000 }),
    /** A value may name a secret: "Bearer {secret:SHOP_TOKEN}". */
    headers: Type.Record(Type.String(), Type.String({ maxLength: 8_000 }), { default: {} }),
    fields: FACT_FIELDS,
    /** As in a URL, with the port where it is not the usual one; by default the host of `url` alone. */
    allowed_hosts: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    time_limit_ms: Type.Integer({ default: HTTP_SETTINGS.timeLimitMs, minimum: 50, maximum: 30_000 }),
    retries: Type.Integer({ default: HTTP_SETTINGS.retries, minimum: 0, maximum: 5 }),
    max_bytes: Type.Integer({ default: HTTP_SETTINGS.maxBytes, minimum: 1_000, maximum: 20_000_000 }),
  },
  closed,
);

const SQL = Type.Object(
  {
    type: Type.Literal('sql'),
    ...COMMON,
    kinds,
    /** SQLite file; a relative path is one in the data folder. */
    file: Type.String({ minLength: 1 }),
    /** One SELECT with the one parameter @key. */
    query: Type.String({ minLength: 1, maxLength: 10_000 }),
    fields: FACT_FIELDS,
    /** Of one query; then it is ended. */
    time_limit_ms: Type.Integer({ default: SQL_SETTINGS.timeLimitMs, minimum: 10, maximum: 30_000 }),
  },
  closed,
);

export const SOURCE_SCHEMAS = { embedded: EMBEDDED, http: HTTP, sql: SQL } as const;
export type SourceType = keyof typeof SOURCE_SCHEMAS;

export type EmbeddedSettings = Static<typeof EMBEDDED>;
export type HttpSourceSettings = Static<typeof HTTP>;
export type SqlSourceSettings = Static<typeof SQL>;
export type SourceSettings = EmbeddedSettings | HttpSourceSettings | SqlSourceSettings;
