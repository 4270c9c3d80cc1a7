import type { ConfidenceMap } from '../answer/confidence.ts';

export interface WeightedOutcome {
  probability: number;
  right: boolean;
  weight?: number;
}

interface Block {
  /** Weighted sums. */
  weight: number;
  probability: number;
  right: number;
}

/**
 * The rising step function that is closest to what came true (isotonic regression by pooling adjacent violators:
 * Ayer et al. 1955; for calibration: Zadrozny and Elkan 2002), as knots at the blocks' means with straight lines
 * between them, so that different probabilities stay different inside. Each block is drawn half an example towards
 * one half, as a block of five right answers is no promise of 1 (Platt's target of (n + 1) / (n + 2)); blocks are
 * pooled once more by what they are drawn to, or a light one would hold those above it on its own level.
 */
export function fitIsotonic(outcomes: readonly WeightedOutcome[]): ConfidenceMap {
  const single = [...outcomes]
    .sort((left, other) => left.probability - other.probability)
    .map(({ probability, right, weight = 1 }) => ({
      weight,
      probability: weight * probability,
      right: right ? weight : 0,
    }));
  const rising = pool(single, ({ right, weight }) => right / weight);
  const map: ConfidenceMap = { from: [], to: [] };
  for (const block of pool(rising, drawnLevel)) {
    const from = rounded(block.probability / block.weight);
    if (from <= (map.from.at(-1) ?? -1)) continue;
    map.from.push(from);
    map.to.push(rounded(drawnLevel(block)));
  }
  return map;
}

/** Neighbours that do not rise become one, until all rise. */
function pool(ordered: readonly Block[], levelOf: (block: Block) => number): Block[] {
  const blocks: Block[] = [];
  for (const block of ordered) {
    blocks.push(block);
    while (blocks.length > 1 && levelOf(blocks.at(-2)!) >= levelOf(blocks.at(-1)!)) {
      const [last, before] = [blocks.pop()!, blocks.pop()!];
      blocks.push({
        weight: before.weight + last.weight,
        probability: before.probability + last.probability,
        right: before.right + last.right,
      });
    }
  }
  return blocks;
}

/** Share of right ones, drawn towards one half. */
const drawnLevel = ({ right, weight }: Block): number => (right + 0.5) / (weight + 1);

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
