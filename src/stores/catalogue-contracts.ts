/** Products and orders as the shop imported them. Amounts are whole minor units (cents), never floats. */

export interface Money {
  /** Minor units of the currency: 1290 is 12.90 EUR. */
  minor: number;
  /** ISO 4217. */
  currency: string;
}

export interface Product {
  /** Unique, as printed on the article; compared without case, spaces and hyphens. */
  code: string;
  name: string;
  /** Variants (sizes, colours) of one thing share it; equal to `code` where there are none. */
  family: string;
  category: string;
  brand: string;
  description: string;
  url: string | null;
  /** "size" → "42", "colour" → "moss": names in lower case. */
  attributes: Record<string, string>;
  /** Null when the shop gave none. */
  price: Money | null;
  /** Pieces; null when the shop does not say. */
  stock: number | null;
  /** Working days until it is sent; null when unknown. */
  deliveryDays: number | null;
}

export interface StoredProduct extends Product {
  /** ISO 8601, UTC: when this row last came from the shop. */
  updatedAt: string;
}

export interface ImportCounts {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
}

export interface CatalogueStore {
  /**
   * Makes the catalogue equal to the rows in one durable transaction, after all of them were read: a source
   * that breaks off, or a signal, leaves what was there. `replace` also removes what the rows do not name.
   */
  importProducts(
    rows: AsyncIterable<Product>,
    options: { replace: boolean; signal?: AbortSignal },
  ): Promise<ImportCounts>;
  getProduct(code: string): Promise<StoredProduct | null>;
  /** Codes in the order given; unknown ones are left out. */
  getProducts(codes: readonly string[]): Promise<StoredProduct[]>;
  getFamily(family: string): Promise<StoredProduct[]>;
  /** In order of code; `after` is the last code of the page before. */
  listProducts(options: { limit: number; after?: string }): Promise<StoredProduct[]>;
  removeAll(): Promise<number>;
  /** `version` grows by one with every change: what was read at another one may be stale. */
  counts(): Promise<{ products: number; version: number }>;
}

export interface OrderItem {
  code: string;
  name: string;
  quantity: number;
}

export const ORDER_STATES = [
  'received',
  'paid',
  'packed',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
  'refunded',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface Order {
  /** Unique; compared without case, spaces and hyphens. */
  number: string;
  /** Proof of ownership; compared in lower case. */
  email: string;
  state: OrderState;
  items: OrderItem[];
  total: Money | null;
  /** ISO 8601 dates or times. */
  placedAt: string;
  shippedAt: string | null;
  expectedAt: string | null;
  carrier: string | null;
  tracking: string | null;
}

export interface StoredOrder extends Order {
  updatedAt: string;
}

export interface OrderStore {
  /** As CatalogueStore.importProducts. */
  importOrders(
    rows: AsyncIterable<Order>,
    options: { replace: boolean; signal?: AbortSignal },
  ): Promise<ImportCounts>;
  getOrder(number: string): Promise<StoredOrder | null>;
  listOrders(options: { limit: number; after?: string }): Promise<StoredOrder[]>;
  removeAll(): Promise<number>;
  counts(): Promise<{ orders: number; version: number }>;
}
