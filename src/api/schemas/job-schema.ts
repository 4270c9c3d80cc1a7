import { Type } from '@sinclair/typebox';
import { JOB_ITEM_STATES, JOB_KINDS, JOB_STATES } from '../../stores/job-contracts.ts';
import { GIVEN_SCOPE } from './knowledge-schema.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const NULLABLE_NUMBER = Type.Union([Type.Number(), Type.Null()]);

export const JOB_SUMMARY = Type.Object({
  id: Type.String(),
  kind: Type.String({ description: JOB_KINDS.join(', ') }),
  title: Type.String(),
  source_id: NULLABLE_TEXT,
  state: Type.String({ description: JOB_STATES.join(', ') }),
  total: Type.Integer(),
  done: Type.Integer({ description: 'files that are over, in whatever way' }),
  failed: Type.Integer(),
  retriable: Type.Integer({ description: 'of the failed ones, those that a retry can read' }),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: `files by state: ${JOB_ITEM_STATES.join(', ')}`,
  }),
  left_out: Type.Integer({
    description: 'addresses that were found and are not read: the site’s limit of pages',
  }),
  bytes: Type.Integer(),
  bytes_done: Type.Integer(),
  chunks_embedded: Type.Integer({ description: 'passages that were embedded' }),
  chunks_kept: Type.Integer({ description: 'passages of changed files whose vectors could be kept' }),
  items_per_minute: NULLABLE_NUMBER,
  seconds_left: NULLABLE_NUMBER,
  waits_for: Type.Union([Type.String(), Type.Null()], { description: 'what holds it up, in words' }),
  current: Type.Array(
    Type.Object({
      ordinal: Type.Integer(),
      source: Type.String(),
      step: Type.String({ description: 'fetch, parse, embed or index' }),
    }),
    { description: 'files under way' },
  ),
  created_at: Type.String(),
  started_at: NULLABLE_TEXT,
  finished_at: NULLABLE_TEXT,
});

export const JOB_ITEM = Type.Object({
  ordinal: Type.Integer(),
  source: Type.String(),
  name: Type.String(),
  state: Type.String({ description: JOB_ITEM_STATES.join(', ') }),
  document_id: NULLABLE_TEXT,
  code: NULLABLE_TEXT,
  message: Type.Union([Type.String(), Type.Null()], { description: 'the reason, and what to do' }),
  bytes: Type.Integer(),
  retriable: Type.Boolean({
    description: 'a retry can read it: its bytes, its file or its address are still known',
  }),
});

export const JOB = Type.Intersect([JOB_SUMMARY, Type.Object({ items: Type.Array(JOB_ITEM) })]);

export const JOB_ITEMS_QUERY = Type.Object({
  state: Type.Optional(Type.Union(JOB_ITEM_STATES.map((state) => Type.Literal(state)))),
  after: Type.Optional(Type.Integer({ minimum: -1, description: 'the last ordinal of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, default: 1000 })),
});

export const RETRY = Type.Object({
  ordinal: Type.Optional(Type.Integer({ minimum: 0, description: 'one file; without it, all that failed' })),
});

const SITE_FIELDS = {
  ...GIVEN_SCOPE,
  depth: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  pages: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  include: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 100 })),
  exclude: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 100 })),
  every_hours: Type.Optional(Type.Union([Type.Number({ minimum: 0.1, maximum: 8760 }), Type.Null()])),
};
export const NEW_SITE = Type.Object(
  { ...SITE_FIELDS, url: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false },
);

/** What of a source can be changed; what is left out stays, and null takes back what was said of its documents. */
export const SOURCE_CHANGE = Type.Object(SITE_FIELDS, { additionalProperties: false, minProperties: 1 });

export const KNOWLEDGE_SOURCE = Type.Object({
  id: Type.String(),
  kind: Type.String({ description: 'site or folder' }),
  address: Type.String(),
  depth: Type.Integer(),
  pages: Type.Integer(),
  include: Type.Array(Type.String()),
  exclude: Type.Array(Type.String()),
  every_hours: NULLABLE_NUMBER,
  category: NULLABLE_TEXT,
  language: NULLABLE_TEXT,
  audience: NULLABLE_TEXT,
  valid_from: NULLABLE_TEXT,
  valid_until: NULLABLE_TEXT,
  owner: NULLABLE_TEXT,
  documents: Type.Integer(),
  left_out: Type.Integer({
    description: 'addresses that the last visit found and did not read: see "pages"',
  }),
  last_job_id: NULLABLE_TEXT,
  created_at: Type.String(),
  started_at: NULLABLE_TEXT,
  finished_at: NULLABLE_TEXT,
  next_at: NULLABLE_TEXT,
});

export const SOURCE_LIST = Type.Object({
  sources: Type.Array(KNOWLEDGE_SOURCE),
  private_hosts: Type.Array(Type.String(), {
    description: 'hosts of your own network that may be read, by the setting crawl_private_hosts',
  }),
});

export const DOCUMENT_VERSION = Type.Object({
  version: Type.Integer(),
  title: Type.String(),
  url: NULLABLE_TEXT,
  media_type: Type.String(),
  sha256: Type.String(),
  bytes: Type.Integer(),
  from: Type.String(),
  until: Type.String(),
});
