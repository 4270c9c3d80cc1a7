import type { StoredProduct } from '../stores/catalogue-contracts.ts';

export interface PriceRange {
  /** Whole units of the currency, both ends included. */
  least?: number;
  most?: number;
  /** ISO 4217; null when the question names none: then the number counts in any. */
  currency: string | null;
}

export interface ProductFilters {
  price?: PriceRange;
  /** Lower case. */
  size?: string;
  /** Lower case; any of them. */
  colours?: string[];
  inStock?: true;
}

export interface ProductQuery {
  /** Stems of what is looked for, without what became a filter. */
  words: string[];
  /** Normalised code of a product or a family that the question names. */
  code?: string;
  filters: ProductFilters;
  /** The question without what it says of prices and their order. */
  rest: string;
  order?: 'cheapest' | 'dearest';
}

/** What a question can be read against. */
export interface ProductVocabulary {
  /** Of a product or a family, normalised. */
  hasCode(key: string): boolean;
  hasSize(size: string): boolean;
  hasColour(word: string): boolean;
}

export interface ProductHit {
  family: string;
  /** Variants that meet the filters, or the family's when none does; as they stand in the store now. */
  products: StoredProduct[];
  /** False when no variant meets all filters: the nearest thing that there is. */
  meetsFilters: boolean;
  /** 0…1; 1 is a code, or all that was asked for in the name. */
  score: number;
  /** What matched: "code AB-1", "trail", "size 42" … */
  why: string[];
}
