import { Type, type TSchema } from '@sinclair/typebox';
import { DELIVERY_STATES } from '../../stores/outbox-contracts.ts';
import { EVENT_TYPES, THREAD_STATES } from '../../stores/thread-contracts.ts';
import { HANDOVER_REASONS, PRIORITIES, TICKET_STATUSES } from '../../stores/ticket-contracts.ts';
import { CITATION } from './answer-schema.ts';

export const literals = <const Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));
export const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** A body that may be left out: Fastify checks null then. */
export const orNothing = <Schema extends TSchema>(schema: Schema) => Type.Optional(orNull(schema));
const TIME = Type.String({ description: 'ISO 8601, UTC' });
const ID = Type.String({ minLength: 1, maxLength: 100 });
const ANY_OBJECT = Type.Record(Type.String(), Type.Unknown());

export const LIMIT = Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 }));
export const CURSOR = Type.Optional(Type.String({ maxLength: 500 }));
export const PLACE = Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));
export const LIST = Type.Optional(
  Type.String({ maxLength: 1000, description: 'values, separated by commas' }),
);
export const WORDS = Type.Optional(Type.String({ maxLength: 300 }));
export const NUMBER_PARAMETERS = Type.Object({ number: Type.Integer({ minimum: 1 }) });
export const TAGS = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
  maxItems: 50,
  uniqueItems: true,
});
export const EMAIL = Type.String({ maxLength: 320, pattern: '^[^\\s@<>",;]+@[^\\s@<>",;]+$' });
const PHONE = Type.String({ maxLength: 60, pattern: '^[+0-9()./ -]*$' });
const NAME = Type.String({ maxLength: 200 });
export const CONTACT = Type.Object({
  name: Type.Optional(NAME),
  email: Type.Optional(EMAIL),
  phone: Type.Optional(PHONE),
});
export const STORED_CONTACT = Type.Object({
  name: orNull(Type.String()),
  email: orNull(Type.String()),
  phone: orNull(Type.String()),
});

export const AVAILABILITY = Type.Object({
  open: Type.Boolean(),
  opens_at: orNull(TIME),
  time_zone: Type.String(),
  mail: Type.Boolean({
    description:
      'answers go to the address that a customer leaves; false: they are read in the conversation alone',
  }),
  text: Type.String(),
});
export const ATTACHMENT = Type.Object({
  id: Type.String(),
  name: Type.String(),
  media_type: Type.String({ description: 'by its content' }),
  bytes: Type.Integer(),
  from: Type.String({ description: 'customer or staff' }),
  created_at: TIME,
});
export const ACTOR = Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() });
export const MESSAGE = Type.Object({
  id: Type.String(),
  role: Type.String({ description: 'customer, assistant or staff' }),
  author: orNull(Type.String()),
  text: Type.String(),
  answer: orNull(ANY_OBJECT),
});
export const EVENT = Type.Object({
  id: Type.String(),
  position: Type.Integer(),
  sequence: orNull(Type.Integer()),
  thread_id: orNull(Type.String()),
  ticket: orNull(Type.Integer()),
  type: literals(EVENT_TYPES),
  visibility: Type.String(),
  at: TIME,
  actor: ACTOR,
  data: ANY_OBJECT,
  message: orNull(MESSAGE),
});
export const EVENTS = Type.Object({ events: Type.Array(EVENT) });
export const PRESENT = Type.Array(
  Type.Object({ id: Type.String(), name: Type.String(), state: Type.String(), kind: orNull(Type.String()) }),
);

export const THREAD = Type.Object({
  id: Type.String(),
  state: literals(THREAD_STATES),
  ticket: orNull(Type.Integer()),
  customer_id: orNull(Type.String()),
  assignee_id: orNull(Type.String()),
  team_id: orNull(Type.String()),
  subject: Type.String(),
  language: orNull(Type.String()),
  tags: Type.Array(Type.String()),
  last_sequence: Type.Integer(),
  unread: Type.Boolean(),
  staff_read: Type.Integer(),
  customer_read: Type.Integer(),
  last_text: Type.String(),
  last_role: Type.String(),
  waiting_since: orNull(TIME),
  created_at: TIME,
  updated_at: TIME,
});

export const HANDOVER = Type.Object({
  reason: literals(HANDOVER_REASONS),
  rule: orNull(Type.String()),
  summary: Type.String(),
  tried: Type.Array(Type.String()),
  evidence: Type.Array(
    Type.Object({
      document_id: Type.String(),
      title: Type.String(),
      url: orNull(Type.String()),
      quote: Type.String(),
    }),
  ),
  suggested_reply: orNull(
    Type.String({
      deprecated: true,
      description: 'the last answer that the customer was given; POST …/suggestion makes one to what is open',
    }),
  ),
  intent: orNull(Type.String()),
  language: orNull(Type.String()),
});

export const SUGGESTION = Type.Object({
  message_id: Type.String({ description: "the customer's message that it replies to" }),
  text: Type.String({ description: 'without the marks of its citations' }),
  citations: Type.Array(CITATION),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  sure: Type.Boolean({ description: 'false: a customer would not be answered with it' }),
  language: Type.String(),
});

export const TICKET = Type.Object({
  number: Type.Integer(),
  version: Type.Integer(),
  subject: Type.String(),
  status: literals(TICKET_STATUSES),
  priority: literals(PRIORITIES),
  category: orNull(Type.String()),
  assignee_id: orNull(Type.String()),
  team_id: orNull(Type.String()),
  customer_id: orNull(Type.String()),
  contact: STORED_CONTACT,
  tags: Type.Array(Type.String()),
  source: Type.String(),
  snoozed_until: orNull(TIME),
  due: Type.Object({
    first_response_at: orNull(TIME),
    resolution_at: orNull(TIME),
    first_response_state: Type.String({ description: 'none, ok, warning, breached, met or missed' }),
    resolution_state: Type.String(),
    paused: Type.Boolean(),
  }),
  first_response_at: orNull(TIME),
  resolved_at: orNull(TIME),
  closed_at: orNull(TIME),
  reopened: Type.Integer(),
  merged_into: orNull(Type.Integer()),
  csat: orNull(Type.Object({ rating: Type.Integer(), comment: orNull(Type.String()), at: orNull(TIME) })),
  created_at: TIME,
  updated_at: TIME,
});

export const CUSTOMER = Type.Object({
  id: Type.String(),
  name: orNull(Type.String()),
  email: orNull(Type.String()),
  phone: orNull(Type.String()),
  language: orNull(Type.String()),
  vip: Type.Boolean(),
  notes: Type.String(),
  attributes: Type.Record(Type.String(), Type.String()),
  verified: Type.Boolean({ description: 'the shop itself vouched for them by a signed token' }),
  merged_into: orNull(Type.String()),
  created_at: TIME,
  updated_at: TIME,
});
export const CUSTOMER_CHANGE = Type.Object(
  {
    name: Type.Optional(orNull(NAME)),
    email: Type.Optional(orNull(EMAIL)),
    phone: Type.Optional(orNull(PHONE)),
    language: Type.Optional(orNull(Type.String({ maxLength: 35 }))),
    vip: Type.Optional(Type.Boolean()),
    notes: Type.Optional(Type.String({ maxLength: 20_000 })),
    attributes: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 2000 }))),
  },
  { additionalProperties: false },
);

export const THREAD_CHANGE = Type.Object(
  {
    assignee_id: Type.Optional(orNull(ID)),
    team_id: Type.Optional(orNull(ID)),
    tags: Type.Optional(TAGS),
    language: Type.Optional(orNull(Type.String({ maxLength: 35 }))),
    subject: Type.Optional(Type.String({ maxLength: 300 })),
  },
  { additionalProperties: false, minProperties: 1 },
);
const EDITS = {
  status: Type.Optional(literals(['open', 'pending', 'resolved', 'closed'])),
  priority: Type.Optional(literals(PRIORITIES)),
  category: Type.Optional(orNull(Type.String({ maxLength: 100 }))),
  subject: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  assignee_id: Type.Optional(orNull(ID)),
  team_id: Type.Optional(orNull(ID)),
  tags: Type.Optional(TAGS),
};
export const TICKET_EDIT = Type.Object(EDITS, { additionalProperties: false, minProperties: 1 });
export const TICKET_EDIT_AT_VERSION = Type.Object(
  { ...EDITS, version: Type.Optional(Type.Integer({ minimum: 1 })) },
  { additionalProperties: false, minProperties: 1 },
);
export const NEW_TICKET = Type.Object(
  {
    subject: Type.String({ minLength: 1, maxLength: 300 }),
    text: Type.Optional(Type.String({ maxLength: 20_000 })),
    customer: CONTACT,
    priority: EDITS.priority,
    category: Type.Optional(Type.String({ maxLength: 100 })),
    assignee_id: Type.Optional(ID),
    team_id: Type.Optional(ID),
    tags: EDITS.tags,
  },
  { additionalProperties: false },
);

export const WEBHOOK = Type.Object({
  id: Type.String(),
  url: Type.String(),
  events: Type.Array(Type.String()),
  description: Type.String(),
  disabled: Type.Boolean(),
  created_at: TIME,
});
export const NEW_WEBHOOK = Type.Object(
  {
    url: Type.String({ maxLength: 2000 }),
    events: Type.Array(literals(EVENT_TYPES), { minItems: 1, uniqueItems: true }),
    description: Type.Optional(Type.String({ maxLength: 300 })),
  },
  { additionalProperties: false },
);
export const WEBHOOK_CHANGE = Type.Object(
  {
    url: Type.Optional(Type.String({ maxLength: 2000 })),
    events: Type.Optional(Type.Array(literals(EVENT_TYPES), { minItems: 1, uniqueItems: true })),
    description: Type.Optional(Type.String({ maxLength: 300 })),
    disabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);
export const DELIVERY = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  target: Type.String(),
  type: Type.String(),
  state: literals(DELIVERY_STATES),
  attempts: Type.Integer(),
  next_at: TIME,
  last_error: orNull(Type.String()),
  created_at: TIME,
});
