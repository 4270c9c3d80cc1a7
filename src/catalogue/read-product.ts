import type { Money, Product } from '../stores/catalogue-contracts.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { normalizeText } from '../text/normalize-text.ts';
import type { ProductField } from './column-names.ts';
import { TABLE_IMPORT } from './import-settings.ts';
import { RowProblem } from './import-types.ts';
import { textOf, type MappedRecord } from './map-columns.ts';
import { readMoney, readNumber, type AmountContext } from './read-amount.ts';
import { readCurrency } from './read-currency.ts';

const SOLD_OUT =
  /^(?:no|nein|false|sold out|out of stock|ausverkauft|nicht (?:auf lager|verfügbar|lieferbar))$/i;
const AT_ONCE = /^(?:sofort|now|immediately|same day|sofort (?:lieferbar|verfügbar))$/i;
/** Working days of a unit. */
const DAY_UNITS: readonly (readonly [unit: RegExp, days: number])[] = [
  [/^(?:h|hours?|std|stunden?)/i, 1 / 24],
  [/^(?:w|weeks?|wochen?)/i, 5],
  [/^(?:months?|monate?)/i, 21],
];

/** @throws RowProblem with what is wrong with this row */
export function readProduct(
  { fields, attributes }: MappedRecord<ProductField>,
  context: AmountContext,
): Product {
  const text = (field: ProductField): string => readText(fields[field], field);
  const code = text('code');
  if (normalizeCode(code) === '') throw new RowProblem('it has no code');
  const name = text('name');
  if (name === '') throw new RowProblem(`${code} has no name`);
  const more: Record<string, string> = {};
  for (const [key, value] of [...Object.entries(attributes), ...attributesIn(fields.attributes)])
    more[key] = readText(value, key);
  const stock = readStock(fields.stock, context);
  if (stock === null) keepWords(more, 'availability', fields.stock);
  const deliveryDays = readDays(fields.deliveryDays);
  if (deliveryDays === null) keepWords(more, 'delivery', fields.deliveryDays);
  return {
    code,
    name,
    family: text('family') || code,
    category: text('category'),
    brand: text('brand'),
    description: text('description'),
    url: text('url') || null,
    attributes: more,
    price: readPrice(fields, { ...context, currency: currencyOf(fields.currency, context) }),
    stock,
    deliveryDays,
  };
}

/** One line, cleaned. @throws RowProblem when it is too long or was decoded wrongly */
export function readText(value: unknown, column: string): string {
  const text = normalizeText(textOf(value)).replace(/\s+/g, ' ').trim();
  if (text.length > TABLE_IMPORT.mostCellCharacters)
    throw new RowProblem(
      `"${column}" has ${text.length} characters; at most ${TABLE_IMPORT.mostCellCharacters}`,
    );
  if (text.includes('\ufffd'))
    throw new RowProblem(`"${column}" holds letters that are not valid UTF-8; save the file as UTF-8`);
  return text;
}

export function currencyOf(value: unknown, { currency }: AmountContext): string {
  const text = textOf(value).trim();
  if (text === '') return currency;
  const code = readCurrency(text);
  if (code === null) throw new RowProblem(`"${text.slice(0, 20)}" is not a currency (write EUR, USD, CHF …)`);
  return code;
}

function attributesIn(value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [['attributes', value]];
  return Object.entries(value).map(([name, entry]) => [name.toLowerCase(), entry]);
}

/** What a customer pays today: the price of a sale where the shop gives one that is lower. */
function readPrice(
  { price, salePrice }: MappedRecord<ProductField>['fields'],
  context: AmountContext,
): Money | null {
  const usual = readMoney(price, context);
  const sale = readMoney(salePrice, context);
  // Exports write 0 where there is no sale.
  if (sale === null || sale.minor === 0) return usual;
  return usual !== null && (usual.currency !== sale.currency || usual.minor <= sale.minor) ? usual : sale;
}

/** Words that are no number are told to customers as they stand. */
function keepWords(attributes: Record<string, string>, name: string, value: unknown): void {
  const words = readText(value, name);
  if (words !== '') attributes[name] = words;
}

/** Pieces; null when the cell does not say how many. Less than none is none. */
function readStock(value: unknown, { sign }: AmountContext): number | null {
  if (value === false) return 0;
  const text = textOf(value).trim();
  if (text.length > TABLE_IMPORT.mostNumberCharacters) return null;
  if (SOLD_OUT.test(text)) return 0;
  const number = readNumber(text.replace(/\s*(?:pcs|pieces?|units?|st(?:ü|ue)?ck|stk)\.?$/i, ''), sign);
  return number === null ? null : Math.max(0, Math.floor(number));
}

/** Working days; the longer end of "2-3 days". */
function readDays(value: unknown): number | null {
  const text = textOf(value).trim();
  if (text.length > TABLE_IMPORT.mostNumberCharacters) return null;
  if (AT_ONCE.test(text)) return 0;
  const [, , last, unit = ''] =
    /^(?:ca\.?\s*)?(\d+\s*(?:-|–|to|bis)\s*)?(\d+(?:[.,]0+)?)\s*(\p{L}*)\.?$/iu.exec(text) ?? [];
  if (last === undefined) return null;
  const factor = DAY_UNITS.find(([name]) => name.test(unit))?.[1] ?? 1;
  if (
    factor === 1 &&
    unit !== '' &&
    !/^(?:d|days?|tage?n?|working|business|werktage?n?|arbeitstage?n?)$/i.test(unit)
  )
    return null;
  return Math.ceil(Number.parseInt(last, 10) * factor);
}
