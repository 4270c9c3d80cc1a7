import type { Money } from '../stores/catalogue-contracts.ts';
import type { AmountFields } from './fact-fields.ts';
import { readAmount } from './read-amount.ts';
import { SourceFault } from './source-fault.ts';

/** The value at a field of the reply; undefined when there is no such field. */
export type Lookup = (field: string) => unknown;

/** Null when the field is there and null. @throws SourceFault */
export function mapAmount(fields: AmountFields, lookup: Lookup): Money | null {
  const amount = present(fields.amount, lookup);
  if (amount === null) return null;
  const currency =
    fields.currency_field === undefined ? fields.currency : present(fields.currency_field, lookup);
  return readAmount(amount, fields.unit, currency);
}

/** @throws SourceFault when there is no such field */
export function present(field: string, lookup: Lookup): unknown {
  const value = lookup(field);
  if (value === undefined) throw new SourceFault(`it gave no field ${field}`);
  return value;
}
