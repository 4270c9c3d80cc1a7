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
 * one half, as a block of five right answers is no promise of 1 (Platt's target of (n + 1) / (n + 2)).
 */
export function fitIsotonic(outcomes: readonly WeightedOutcome[]): ConfidenceMap {
  const blocks: Block[] = [];
  for (const { probability, right, weight = 1 } of [...outcomes].sort(
    (left, other) => left.probability - other.probability,
  )) {
    blocks.push({ weight, probability: weight * probability, right: right ? weight : 0 });
    while (blocks.length > 1 && levelOf(blocks.at(-2)!) >= levelOf(blocks.at(-1)!)) {
      const [last, before] = [blocks.pop()!, blocks.pop()!];
      blocks.push({
        weight: before.weight + last.weight,
        probability: before.probability + last.probability,
        right: before.right + last.right,
      });
    }
  }
  const map: ConfidenceMap = { from: [], to: [] };
  for (const block of blocks) {
    const from = rounded(block.probability / block.weight);
    if (from <= (map.from.at(-1) ?? -1)) continue;
    map.from.push(from);
    map.to.push(Math.max(map.to.at(-1) ?? 0, rounded((block.right + 0.5) / (block.weight + 1))));
  }
  return map;
}

const levelOf = ({ right, weight }: Block): number => right / weight;

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
