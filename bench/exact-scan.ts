export interface VectorMatrix {
  dimensions: number;
  ids: number[];
  /** One vector after the other. */
  values: Float32Array;
}

/** Ids of the nearest vectors by inner product, best first: the peer that every index is measured against. */
export function scanExactly(
  { dimensions, ids, values }: VectorMatrix,
  query: Float32Array,
  limit: number,
): number[] {
  const best: { id: number; score: number }[] = [];
  let least = -Infinity;
  for (const [row, id] of ids.entries()) {
    let score = 0;
    const from = row * dimensions;
    for (let index = 0; index < dimensions; index++) score += values[from + index]! * query[index]!;
    if (best.length === limit && score <= least) continue;
    const place = best.findIndex((other) => other.score < score);
    best.splice(place < 0 ? best.length : place, 0, { id, score });
    if (best.length > limit) best.pop();
    least = best.at(-1)?.score ?? -Infinity;
  }
  return best.map(({ id }) => id);
}
