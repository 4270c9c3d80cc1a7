import type { Money } from '../stores/catalogue-contracts.ts';

export const ENTITY_KINDS = ['product-code', 'order-number', 'amount', 'date', 'email', 'phone'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

export interface Entity {
  kind: EntityKind;
  /** As it was written. */
  text: string;
  /** UTF-16 offsets in the text given; `end` is exclusive. */
  start: number;
  end: number;
  /**
   * In one form: codes in upper case without "#" and spaces; e-mail in lower case; phone as digits with "+";
   * amount as "EUR 49.90"; date as ISO 8601 "2026-12-24", "--12-24" without a year, or "2026-12".
   */
  value: string;
  /** Of an amount alone. */
  money?: Money;
}

/** Regular expressions (case is ignored) of what the shop prints on articles and receipts. */
export interface EntityPatterns {
  productCode: readonly string[];
  orderNumber: readonly string[];
}

export const DEFAULT_ENTITY_PATTERNS: EntityPatterns = {
  productCode: ['[A-Z]{2,4}-?\\d{3,6}(?:-[A-Z0-9]{1,8})?'],
  orderNumber: ['#?[A-Z]{1,3}-?\\d{5,8}'],
};
