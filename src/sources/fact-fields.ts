import { Type, type Static } from '@sinclair/typebox';
import { ORDER_STATES } from '../stores/catalogue-contracts.ts';

/** Where in a reply each part of a fact stands: a path such as "data.price.amount", or a column. */

const Field = Type.String({ minLength: 1, maxLength: 200 });
const OptionalField = Type.Optional(Field);
/** Where the reply repeats the product code; when it is another one, the reply is not believed. */
const key_field = OptionalField;

const AMOUNT = {
  amount: Field,
  unit: Type.Union([Type.Literal('major'), Type.Literal('minor')]),
  /** ISO 4217, the same for all. */
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  currency_field: OptionalField,
};
const closed = { additionalProperties: false };

const ORDER_FIELDS = Type.Object(
  {
    number: Field,
    email: Field,
    state: Field,
    /** The source's own words for a state, in lower case, to ours. */
    states: Type.Optional(
      Type.Record(Type.String(), Type.Union(ORDER_STATES.map((state) => Type.Literal(state)))),
    ),
    /** A list, or JSON text of one; each with `item_code`, `item_name`, `item_quantity` inside. */
    items: OptionalField,
    item_code: OptionalField,
    item_name: OptionalField,
    item_quantity: OptionalField,
    total: Type.Optional(Type.Object(AMOUNT, closed)),
    placed_at: Field,
    shipped_at: OptionalField,
    expected_at: OptionalField,
    carrier: OptionalField,
    tracking: OptionalField,
  },
  closed,
);

export const FACT_FIELDS = Type.Object(
  {
    price: Type.Optional(Type.Object({ ...AMOUNT, key_field }, closed)),
    stock: Type.Optional(Type.Object({ pieces: Field, key_field }, closed)),
    delivery: Type.Optional(Type.Object({ days: Field, key_field }, closed)),
    order: Type.Optional(ORDER_FIELDS),
  },
  closed,
);

export type FactFields = Static<typeof FACT_FIELDS>;
export type AmountFields = Omit<NonNullable<FactFields['price']>, 'key_field'>;
export type OrderFields = NonNullable<FactFields['order']>;
