/** Lists that are read page by page. */

export interface Page {
  limit: number;
  /** As it came with the page before. */
  cursor?: string;
}

export interface Paged<Item> {
  items: Item[];
  nextCursor: string | null;
}
