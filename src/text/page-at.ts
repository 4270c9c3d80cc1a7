/** The page that a place in a document stands on; undefined for a document without pages. */
export function pageAt(
  pages: readonly { page: number; start: number }[] | undefined,
  place: number,
): number | undefined {
  return pages?.findLast(({ start }) => start <= place)?.page ?? pages?.[0]?.page;
}
