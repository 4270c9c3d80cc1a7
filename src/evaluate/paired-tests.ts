import { binomialAtMost } from '../answer/decide/clopper-pearson.ts';
import { seededRandom } from '../intents/random.ts';

/** Draws of a resampling test: enough to tell 0.05 from 0.04; more only takes time. */
const DRAWS = 10_000;
/** Pairs up to which every assignment of signs is tried. */
const EXACT_PAIRS = 13;
/** The same draws every time: a report can be repeated. */
const SEED = 20_261_121;

/**
 * Could two rates on the same questions differ so much by chance? McNemar's test on the questions that changed, in its
 * exact binomial form (McNemar 1947): under chance each change goes either way with probability one half.
 * @param gained questions that became true, @param lost that became false
 * @returns two-sided p, 0…1
 */
export function mcNemarExact(gained: number, lost: number): number {
  if (gained + lost === 0) return 1;
  return Math.min(1, 2 * binomialAtMost(Math.min(gained, lost), gained + lost, 0.5));
}

/**
 * Could two means on the same questions differ so much by chance? Fisher's randomisation test on the differences'
 * signs (Fisher 1935): all assignments of few, 10,000 drawn ones of many, the observed one counted with them (Phipson
 * and Smyth 2010).
 * @returns two-sided p, 0…1
 */
export function signFlipTest(differences: readonly number[]): number {
  const changed = differences.filter((difference) => difference !== 0);
  if (changed.length === 0) return 1;
  const observed = Math.abs(sumOf(changed));
  // Sums in another order differ in the last digits.
  const least = observed * (1 - 1e-12);
  if (changed.length <= EXACT_PAIRS) {
    const all = 2 ** changed.length;
    let extreme = 0;
    for (let signs = 0; signs < all; signs++) {
      const sum = changed.reduce((total, value, index) => total + ((signs >> index) & 1 ? value : -value), 0);
      if (Math.abs(sum) >= least) extreme += 1;
    }
    return extreme / all;
  }
  const random = seededRandom(SEED);
  let extreme = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    const sum = changed.reduce((total, value) => total + (random() < 0.5 ? value : -value), 0);
    if (Math.abs(sum) >= least) extreme += 1;
  }
  return extreme / (DRAWS + 1);
}

/** The 95 % percentile interval of the mean by resampling questions (bootstrap: Efron 1979); null of none. */
export function bootstrapInterval(differences: readonly number[], draws = 2_000): [number, number] | null {
  if (differences.length === 0) return null;
  const random = seededRandom(SEED);
  const means = Array.from({ length: draws }, () => {
    let sum = 0;
    for (let index = 0; index < differences.length; index++)
      sum += differences[Math.floor(random() * differences.length)] ?? 0;
    return sum / differences.length;
  }).sort((left, right) => left - right);
  return [means[Math.floor(0.025 * draws)]!, means[Math.ceil(0.975 * draws) - 1]!];
}

/**
 * Several tests at once: p values raised so that the chance of one false alarm among all stays what is compared with
 * (Holm 1979). In the order given.
 */
export function holm(values: readonly number[]): number[] {
  const order = values
    .map((value, index) => ({ value, index }))
    .sort((left, right) => left.value - right.value);
  const adjusted = new Array<number>(values.length).fill(1);
  let highest = 0;
  for (const [rank, { value, index }] of order.entries()) {
    highest = Math.max(highest, Math.min(1, value * (values.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
