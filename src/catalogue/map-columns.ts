import { ATTRIBUTE_COLUMNS, normalizeColumn } from './column-names.ts';
import type { ColumnMapping, SourceRecord } from './import-types.ts';
import { readCurrency } from './read-currency.ts';

/** What each place of a record is: a field, an attribute, or left out. */
export type ColumnTarget<Field extends string> = { field: Field } | { attribute: string } | null;

export interface ColumnMap<Field extends string> {
  targets: readonly ColumnTarget<Field>[];
  /** From a column like "Preis (EUR)" or "price_usd"; null when none says so. */
  currency: string | null;
}

/**
 * Fields by what the columns are called; the mapping given wins. Of two columns that could be one field the
 * more usual name is it, and the other becomes an attribute.
 */
export function mapColumns<Field extends string>(
  names: readonly string[],
  known: Readonly<Record<Field, string>>,
  mapping: ColumnMapping = {},
): ColumnMap<Field> {
  const told = new Map(Object.entries(mapping).map(([name, field]) => [normalizeColumn(name), field]));
  const plain = names.map(normalizeColumn);
  const targets: ColumnTarget<Field>[] = names.map((name) => ({ attribute: attributeName(name) }));
  const taken = new Set<string>();
  for (const [place, column] of plain.entries()) {
    const field = told.get(column);
    if (field === undefined) continue;
    targets[place] = field === '-' ? null : field in known ? { field: field as Field } : { attribute: field };
    taken.add(field);
  }
  let currency: string | null = null;
  for (const [field, list] of Object.entries<string>(known)) {
    if (taken.has(field)) continue;
    const found = firstNamed(plain, list.split(/\s+/), (place) => !told.has(plain[place] ?? ''));
    if (found === null || 'field' in (targets[found.place] ?? {})) continue;
    targets[found.place] = { field: field as Field };
    currency ??= found.currency;
  }
  return { targets, currency };
}

/** "preis" also stands for "Preis (EUR)": what is left over must be a currency. */
function firstNamed(
  plain: readonly string[],
  wanted: readonly string[],
  free: (place: number) => boolean,
): { place: number; currency: string | null } | null {
  for (const name of wanted) {
    for (const [place, column] of plain.entries()) {
      if (!free(place)) continue;
      if (column === name) return { place, currency: null };
      const rest = column.startsWith(name) ? column.slice(name.length).replace(/^in/, '') : '';
      const currency = rest === '' ? null : readCurrency(rest);
      if (currency !== null) return { place, currency };
    }
  }
  return null;
}

function attributeName(name: string): string {
  const plain = normalizeColumn(name);
  for (const [attribute, list] of Object.entries(ATTRIBUTE_COLUMNS))
    if (list.split(/\s+/).includes(plain)) return attribute;
  return name.trim().toLowerCase().replaceAll('_', ' ');
}

/** Columns that a mapping names and no record has. */
export function unknownColumns(mapping: ColumnMapping, records: readonly SourceRecord[]): string[] {
  const present = new Set(records.flatMap(({ names }) => names.map(normalizeColumn)));
  return Object.keys(mapping).filter((name) => !present.has(normalizeColumn(name)));
}

/** Values of one record by field, and the rest as attributes. */
export interface MappedRecord<Field extends string> {
  fields: Partial<Record<Field, unknown>>;
  attributes: Record<string, string>;
}

export function applyColumns<Field extends string>(
  { targets }: ColumnMap<Field>,
  values: readonly unknown[],
): MappedRecord<Field> {
  const mapped: MappedRecord<Field> = { fields: {}, attributes: {} };
  for (const [place, target] of targets.entries()) {
    const value = values[place];
    if (target === null || value === undefined || value === null || value === '') continue;
    if ('field' in target) mapped.fields[target.field] = value;
    else mapped.attributes[target.attribute] = textOf(value);
  }
  return mapped;
}

/** A cell as text: lists joined, objects as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value
      .map(textOf)
      .filter((text) => text !== '')
      .join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
