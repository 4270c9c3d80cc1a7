import { ORDER_STATES, type OrderItem, type OrderState } from '../stores/catalogue-contracts.ts';
import { normalizeText } from '../text/normalize-text.ts';
import type { OrderFields } from './fact-fields.ts';
import { lookupIn } from './lookup-path.ts';
import { mapAmount, type Lookup } from './map-amount.ts';
import type { OrderFact } from './source-contracts.ts';
import { SourceFault } from './source-fault.ts';

/** An order with more lines than this is not read whole into an answer. */
const MOST_ITEMS = 200;
const LONGEST_TEXT = 500;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/;

/** @throws SourceFault when a required field is missing or one holds something else */
export function mapOrder(fields: OrderFields, lookup: Lookup): OrderFact {
  const optional = (field: string | undefined): unknown => (field === undefined ? null : lookup(field));
  return {
    number: text(lookup(fields.number), fields.number),
    email: text(lookup(fields.email), fields.email),
    state: mapState(fields, lookup),
    items: mapItems(fields, optional(fields.items)),
    total: fields.total === undefined ? null : mapAmount(fields.total, lookup),
    placedAt: date(lookup(fields.placed_at), fields.placed_at),
    shippedAt: orNull(optional(fields.shipped_at), fields.shipped_at, date),
    expectedAt: orNull(optional(fields.expected_at), fields.expected_at, date),
    carrier: orNull(optional(fields.carrier), fields.carrier, text),
    tracking: orNull(optional(fields.tracking), fields.tracking, text),
  };
}

function mapState(fields: OrderFields, lookup: Lookup): OrderState {
  const word = text(lookup(fields.state), fields.state).toLowerCase();
  const mapped = Object.hasOwn(fields.states ?? {}, word) ? fields.states?.[word] : undefined;
  const state = mapped ?? ORDER_STATES.find((one) => one === word);
  if (state === undefined) throw new SourceFault(`its order state is none that "states" names`);
  return state;
}

function mapItems(fields: OrderFields, value: unknown): OrderItem[] {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) throw new SourceFault(`its field ${fields.items} is not a list`);
  return list.slice(0, MOST_ITEMS).map((item: unknown) => {
    const inside = lookupIn(item);
    const codeField = fields.item_code ?? 'code';
    const nameField = fields.item_name ?? 'name';
    const quantity = Number(inside(fields.item_quantity ?? 'quantity') ?? 1);
    if (!Number.isSafeInteger(quantity) || quantity < 0)
      throw new SourceFault('the quantity of an item is not a whole number');
    return { code: text(inside(codeField), codeField), name: text(inside(nameField), nameField), quantity };
  });
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new SourceFault('its items are no valid JSON');
  }
}

function text(value: unknown, field: string): string {
  const plain = typeof value === 'number' ? String(value) : value;
  if (typeof plain !== 'string') throw new SourceFault(`its field ${field} is not a text`);
  const clean = normalizeText(plain).trim();
  if (clean === '' || clean.length > LONGEST_TEXT)
    throw new SourceFault(`its field ${field} is empty or longer than ${LONGEST_TEXT} characters`);
  return clean;
}

function date(value: unknown, field: string): string {
  if (typeof value !== 'string' || !ISO_DATE.test(value.trim()) || Number.isNaN(Date.parse(value)))
    throw new SourceFault(`its field ${field} is not an ISO 8601 date`);
  return value.trim();
}

function orNull(
  value: unknown,
  field: string | undefined,
  read: (value: unknown, field: string) => string,
): string | null {
  return value === null || value === undefined || value === '' ? null : read(value, field ?? '');
}
