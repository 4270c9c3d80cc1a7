import { compileEntityPatterns, type CompiledPatterns } from './entity-patterns.ts';
import { DEFAULT_ENTITY_PATTERNS, type Entity, type EntityKind } from './entity-types.ts';
import { findAmounts } from './find-amounts.ts';
import { findDates, type DateReading } from './find-dates.ts';

/** Characters that are looked at: a question has no more, and patterns of the owner run on them. */
const READ_CHARACTERS = 4_000;
const EMAIL =
  /(?<![\p{L}\p{N}.+_-])[\p{L}\p{N}][\p{L}\p{N}.+_-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/giu;
/** "order 12345", "order no. 12345", "my order number is #12345": what stands behind the word is its number. */
const NAMED_ORDER =
  /(?<!\p{L})(?:orders?|purchase|bestellung|bestellnummer|auftrag|commande|pedido|ordine|zamówienie)(?:\s{0,2}(?:number|no\.?|nr\.?|id|ref\.?|is|:|-)){0,3}\s{0,2}#?((?:\p{L}{1,3}-?)?\d{4,12}(?:-\p{N}{1,6})?)(?![\p{L}\p{N}])/giu;
const HASHED_ORDER = /(?<![\p{L}\p{N}&#])#(\d{4,12})(?![\p{L}\p{N}])/gu;
const PHONE = /(?<![\p{L}\p{N}.,+#-])(?:\+|00|\(?0)[\d ()/.-]{5,22}\d(?![\p{L}\p{N}])/gu;
const PHONE_DIGITS = { least: 7, most: 15 };

const DEFAULT_PATTERNS = compileEntityPatterns(DEFAULT_ENTITY_PATTERNS);

/** Where two readings overlap the earlier kind wins; a code may be an article's or an order's, so both stay. */
const PRECEDENCE: readonly EntityKind[] = [
  'email',
  'amount',
  'date',
  'order-number',
  'product-code',
  'phone',
];

/**
 * Codes, order numbers, amounts, dates, e-mail addresses and phone numbers in a cleaned question, in
 * order of `start`. A code that both lists of patterns take is given as both kinds, unless the word
 * "order" stands before it. Looks at the first 4,000 characters.
 */
export function findEntities(
  text: string,
  options: DateReading & { patterns?: CompiledPatterns } = {},
): Entity[] {
  const read = text.slice(0, READ_CHARACTERS);
  const patterns = options.patterns ?? DEFAULT_PATTERNS;
  const candidates = [
    ...matches(read, 'email', EMAIL, (value) => value.toLowerCase()),
    ...findAmounts(read),
    ...findDates(read, options),
    ...namedOrders(read),
    ...patterns.orderNumber.flatMap((pattern) => matches(read, 'order-number', pattern, codeValue)),
    ...patterns.productCode.flatMap((pattern) => matches(read, 'product-code', pattern, codeValue)),
    ...matches(read, 'phone', PHONE, phoneValue).filter(({ value }) => isPhone(value)),
  ];
  const named = new Set(namedOrders(read).map(({ end }) => end));
  return settle(candidates, named);
}

function matches(
  text: string,
  kind: EntityKind,
  pattern: RegExp,
  valueOf: (text: string) => string,
): Entity[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind,
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    value: valueOf(match[0]),
  }));
}

function namedOrders(text: string): Entity[] {
  return [...text.matchAll(NAMED_ORDER), ...text.matchAll(HASHED_ORDER)].map((match) => {
    const number = match[1]!;
    const end = match.index + match[0].length;
    return { kind: 'order-number', text: number, start: end - number.length, end, value: codeValue(number) };
  });
}

function settle(candidates: readonly Entity[], namedOrderEnds: ReadonlySet<number>): Entity[] {
  const kept: Entity[] = [];
  const rank = ({ kind }: Entity): number => PRECEDENCE.indexOf(kind);
  const longestFirst = [...candidates].sort(
    (left, right) => rank(left) - rank(right) || right.end - right.start - (left.end - left.start),
  );
  for (const entity of longestFirst) {
    const rivals = kept.filter(({ start, end }) => start < entity.end && entity.start < end);
    const bothCodes = rivals.every(
      ({ kind, end }) =>
        kind === 'order-number' && entity.kind === 'product-code' && !namedOrderEnds.has(end),
    );
    if (bothCodes) kept.push(entity);
  }
  return kept.sort((left, right) => left.start - right.start || rank(left) - rank(right));
}

function codeValue(text: string): string {
  return text.toUpperCase().replace(/[#\s]/g, '');
}

function phoneValue(text: string): string {
  const digits = text.replace(/\D/g, '');
  return text.startsWith('+') ? `+${digits}` : text.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function isPhone(value: string): boolean {
  const digits = value.replace('+', '').length;
  return digits >= PHONE_DIGITS.least && digits <= PHONE_DIGITS.most;
}
