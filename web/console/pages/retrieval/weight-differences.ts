import type { SearchWeights } from '../../api/owner-types.ts';

export interface WeightDifference {
  name: keyof SearchWeights;
  from: number;
  to: number;
}

/** What changes from one set of weights to another, in the order of the fields. */
export function weightDifferences(from: SearchWeights, to: SearchWeights): WeightDifference[] {
  return (Object.keys(from) as (keyof SearchWeights)[]).flatMap((name) =>
    from[name] === to[name] ? [] : [{ name, from: from[name], to: to[name] }],
  );
}
