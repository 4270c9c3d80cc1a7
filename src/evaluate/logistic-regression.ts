/** Logistic regression with an L2 penalty on the weights (not the bias), by Newton's method: deterministic. */

export interface Example {
  features: readonly number[];
  right: boolean;
  /** How much it counts; 1 when left out. */
  weight?: number;
}

export interface LogisticModel {
  bias: number;
  weights: number[];
}

const STEPS = 50;
const CLOSE_ENOUGH = 1e-9;
/** Keeps the curvature invertible when all examples are told apart with certainty. */
const LEAST_CURVATURE = 1e-9;

/**
 * Minimises Σ log loss + penalty / 2 × Σ (weight × standard deviation of its feature)²: the penalty falls on
 * all features alike, whatever their units.
 */
export function fitLogistic(examples: readonly Example[], penalty: number): LogisticModel {
  const scales = (examples[0]?.features ?? []).map((_, index) =>
    scaleOf(examples.map(({ features }) => features[index] ?? 0)),
  );
  const scaled = examples.map((example) => ({
    ...example,
    features: example.features.map(
      (feature, index) => (feature - scales[index]!.mean) / scales[index]!.deviation,
    ),
  }));
  const model = fitScaled(scaled, penalty);
  const weights = model.weights.map((weight, index) => weight / scales[index]!.deviation);
  return {
    bias: weights.reduce((bias, weight, index) => bias - weight * scales[index]!.mean, model.bias),
    weights,
  };
}

function scaleOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function fitScaled(examples: readonly Example[], penalty: number): LogisticModel {
  const size = (examples[0]?.features.length ?? 0) + 1;
  let parameters = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const { gradient, curvature } = slopes(examples, parameters, penalty);
    const change = solve(curvature, gradient);
    parameters = parameters.map((value, index) => value - (change[index] ?? 0));
    if (Math.max(...change.map(Math.abs)) < CLOSE_ENOUGH) break;
  }
  const [bias = 0, ...weights] = parameters;
  return { bias, weights };
}

export function predict({ bias, weights }: LogisticModel, features: readonly number[]): number {
  return sigmoid(weights.reduce((sum, weight, index) => sum + weight * (features[index] ?? 0), bias));
}

export function logLoss(probability: number, right: boolean): number {
  return -Math.log(Math.max(right ? probability : 1 - probability, 1e-12));
}

/** First and second derivatives; the bias stands first. */
function slopes(
  examples: readonly Example[],
  parameters: readonly number[],
  penalty: number,
): { gradient: number[]; curvature: number[][] } {
  const penalties = parameters.map((_, index) => (index === 0 ? 0 : penalty));
  const gradient = parameters.map((value, index) => value * (penalties[index] ?? 0));
  const curvature = parameters.map((_, row) =>
    parameters.map((_other, column) => (row === column ? (penalties[row] ?? 0) + LEAST_CURVATURE : 0)),
  );
  for (const { features, right, weight: counts = 1 } of examples) {
    const inputs = [1, ...features];
    const probability = sigmoid(
      inputs.reduce((sum, input, index) => sum + input * (parameters[index] ?? 0), 0),
    );
    const error = counts * (probability - (right ? 1 : 0));
    const weight = counts * probability * (1 - probability);
    for (const [row, input] of inputs.entries()) {
      gradient[row]! += error * input;
      for (const [column, other] of inputs.entries()) curvature[row]![column]! += weight * input * other;
    }
  }
  return { gradient, curvature };
}

/** Solves matrix × x = vector by Gaussian elimination with the largest pivot. */
export function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, vector[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      rows[row] = rows[row]!.map((value, index) => value - factor * rows[column]![index]!);
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
