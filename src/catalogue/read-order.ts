import { ORDER_STATES, type Order, type OrderItem, type OrderState } from '../stores/catalogue-contracts.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import type { OrderField } from './column-names.ts';
import { TABLE_IMPORT } from './import-settings.ts';
import { RowProblem } from './import-types.ts';
import type { MappedRecord } from './map-columns.ts';
import { readMoney, type AmountContext } from './read-amount.ts';
import { readDate } from './read-date.ts';
import { currencyOf, readText } from './read-product.ts';

/** What shops call the states, English and German. */
const STATE_WORDS: Readonly<Record<OrderState, string>> = {
  received: 'received|new|open|pending|placed|confirmed|eingegangen|neu|offen|bestätigt|unpaid|unbezahlt',
  paid: 'paid|bezahlt|zahlung erhalten',
  packed: 'packed|processing|in progress|in preparation|verpackt|in bearbeitung|kommissioniert|unfulfilled',
  shipped: 'shipped|sent|dispatched|in transit|fulfilled|versendet|versandt|verschickt|unterwegs',
  delivered: 'delivered|completed|complete|zugestellt|geliefert|abgeschlossen',
  cancelled: 'cancelled|canceled|voided|storniert|abgebrochen',
  returned: 'returned|zurückgesendet|zurückgeschickt|retourniert|retoure',
  refunded: 'refunded|erstattet|rückerstattet|gutgeschrieben',
};
const STATES: ReadonlyMap<string, OrderState> = new Map(
  ORDER_STATES.flatMap((state) => STATE_WORDS[state].split('|').map((word) => [word, state] as const)),
);

/** @throws RowProblem with what is wrong with this row */
export function readOrder({ fields }: MappedRecord<OrderField>, context: AmountContext): Order {
  const text = (field: OrderField): string => readText(fields[field], field);
  const number = text('number');
  if (normalizeCode(number) === '') throw new RowProblem('it has no order number');
  const email = text('email');
  if (!/^\S+@\S+$/.test(email)) throw new RowProblem(`order ${number} has no e-mail address to prove it by`);
  const state = STATES.get(text('state').toLowerCase().replaceAll('_', ' '));
  if (state === undefined)
    throw new RowProblem(`"${text('state')}" is not a state (${ORDER_STATES.join(', ')})`);
  const placedAt = readDate(text('placedAt'), 'the date of the order');
  if (placedAt === null) throw new RowProblem(`order ${number} has no date`);
  return {
    number,
    email,
    state,
    items: [...itemsIn(fields.items), ...ownItem(fields)],
    total: readMoney(fields.total, { ...context, currency: currencyOf(fields.currency, context) }),
    placedAt,
    shippedAt: readDate(text('shippedAt'), 'the date of shipping'),
    expectedAt: readDate(text('expectedAt'), 'the expected date'),
    carrier: text('carrier') || null,
    tracking: text('tracking') || null,
  };
}

/** A JSON list, also inside a CSV cell; or "2x AB-1 Trail boot; CD-2". */
function itemsIn(value: unknown): OrderItem[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map(itemOf);
  const text = readText(value, 'items');
  if (!text.startsWith('['))
    return text
      .split(/\s*[;|]\s*/)
      .filter((part) => part !== '')
      .map(itemInText);
  try {
    return (JSON.parse(text) as unknown[]).map(itemOf);
  } catch {
    throw new RowProblem('its items are not a JSON list');
  }
}

function itemOf(value: unknown): OrderItem {
  if (typeof value !== 'object' || value === null) return itemInText(readText(value, 'items'));
  const { code, sku, name, title, quantity, qty } = value as Record<string, unknown>;
  return itemFrom(readText(code ?? sku, 'code'), readText(name ?? title, 'name'), quantity ?? qty ?? 1);
}

function itemInText(text: string): OrderItem {
  if (text.length > TABLE_IMPORT.mostNumberCharacters)
    throw new RowProblem('an item is too long; write "2x CODE Name; …" or a JSON list');
  const [, before, code = '', name = '', after] =
    /^(?:(\d+)\s*[x×*]\s*)?(\S+?)(?:\s+(.*?))??(?:\s*[x×*:]\s*(\d+))?$/iu.exec(text) ?? [];
  return itemFrom(code, name, before ?? after ?? 1);
}

function ownItem(fields: MappedRecord<OrderField>['fields']): OrderItem[] {
  const [code, name] = [readText(fields.itemCode, 'item code'), readText(fields.itemName, 'item name')];
  return code === '' && name === '' ? [] : [itemFrom(code, name, fields.itemQuantity ?? 1)];
}

function itemFrom(code: string, name: string, quantity: unknown): OrderItem {
  const pieces = Number(quantity);
  if (!Number.isInteger(pieces) || pieces < 0)
    throw new RowProblem(`"${readText(quantity, 'quantity')}" is not a quantity`);
  if (code === '' && name === '') throw new RowProblem('an item has neither code nor name');
  return { code, name: name || code, quantity: pieces };
}
