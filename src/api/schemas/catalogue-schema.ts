import { Type } from '@sinclair/typebox';
import { ORDER_STATES } from '../../stores/catalogue-contracts.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const NULLABLE_INTEGER = Type.Union([Type.Integer(), Type.Null()]);
const MONEY = Type.Object({
  minor: Type.Integer({ description: 'whole minor units: 1290 is 12.90 EUR' }),
  currency: Type.String({ description: 'ISO 4217' }),
});
const NULLABLE_MONEY = Type.Union([MONEY, Type.Null()]);

export const PRODUCT = Type.Object({
  code: Type.String(),
  name: Type.String(),
  family: Type.String(),
  category: Type.String(),
  brand: Type.String(),
  description: Type.String(),
  url: NULLABLE_TEXT,
  attributes: Type.Record(Type.String(), Type.String()),
  price: NULLABLE_MONEY,
  stock: NULLABLE_INTEGER,
  delivery_days: NULLABLE_INTEGER,
  updated_at: Type.String(),
});

export const PRODUCT_HITS = Type.Object({
  hits: Type.Array(
    Type.Object({
      family: Type.String(),
      score: Type.Number(),
      meets_filters: Type.Boolean({ description: 'false: the nearest that there is' }),
      why: Type.Array(Type.String()),
      products: Type.Array(PRODUCT),
    }),
  ),
});

export const ORDER = Type.Object({
  number: Type.String(),
  email: Type.String(),
  state: Type.Union(ORDER_STATES.map((state) => Type.Literal(state))),
  items: Type.Array(
    Type.Object({ code: Type.String(), name: Type.String(), quantity: Type.Integer({ minimum: 0 }) }),
  ),
  total: NULLABLE_MONEY,
  placed_at: Type.String(),
  shipped_at: NULLABLE_TEXT,
  expected_at: NULLABLE_TEXT,
  carrier: NULLABLE_TEXT,
  tracking: NULLABLE_TEXT,
  updated_at: Type.String(),
});

export const IMPORT_REPORT = Type.Object({
  read: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  removed: Type.Integer(),
  bad_count: Type.Integer(),
  bad: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() })),
  duplicate_count: Type.Integer(),
  duplicates: Type.Array(Type.Object({ line: Type.Integer(), key: Type.String() })),
});

export const IMPORT_QUERY = Type.Object({
  replace: Type.Optional(
    Type.Boolean({ default: true, description: 'also remove what the file does not name' }),
  ),
  map: Type.Optional(
    Type.Union([Type.Array(Type.String(), { maxItems: 200 }), Type.String()], {
      description: '"column=field", as often as needed; another word makes an attribute, "-" leaves it out',
    }),
  ),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'of prices that name none' })),
});

export const CATALOGUE_PAGE = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  after: Type.Optional(Type.String({ maxLength: 200, description: 'the last key of the page before' })),
});

export const PRODUCT_SEARCH_QUERY = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 4000 }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
});
