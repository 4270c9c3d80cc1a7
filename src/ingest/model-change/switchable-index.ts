import type { VectorIndex } from '../../stores/contracts.ts';

export interface SwitchableIndex {
  /** Stands for whichever index serves now. */
  readonly index: VectorIndex;
  switchTo(next: VectorIndex, dimensions: number): void;
}

/**
 * An index that can be exchanged while it serves. A vector of another width than the index has, of a question
 * that was embedded just before the switch, finds nothing; its words still do.
 */
export function createSwitchableIndex(first: VectorIndex, firstDimensions: number): SwitchableIndex {
  let current = first;
  let dimensions = firstDimensions;
  return {
    index: {
      get size() {
        return current.size;
      },
      get generation() {
        return current.generation;
      },
      catchUp: (signal) => current.catchUp(signal),
      apply: (change) => current.apply(change),
      search: (vector, limit, excluded) =>
        vector.length === dimensions ? current.search(vector, limit, excluded) : Promise.resolve([]),
      compact: (signal) => current.compact(signal),
      save: () => current.save(),
    },
    switchTo(next, nextDimensions) {
      current = next;
      dimensions = nextDimensions;
    },
  };
}
