import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { LabelledConfidence } from './selective-threshold.ts';

const PROBABILITY = Type.Number({ minimum: 0, maximum: 1 });

/** confidence.json: what `answerbox eval fit --save` writes. Holds no texts of questions. */
export const FITTED_CONFIDENCE = Type.Object({
  schema: Type.Literal(2),
  /** When and on what it was fitted. */
  name: Type.String({ minLength: 1 }),
  /** Identities of the models whose numbers it reads; others need another fit. */
  reader: Type.String(),
  embedder: Type.String(),
  bias: Type.Number(),
  weights: Type.Object({ answerable: Type.Number(), sentence: Type.Number(), passages: Type.Number() }),
  map: Type.Union([
    Type.Null(),
    Type.Object({ from: Type.Array(PROBABILITY, { minItems: 1 }), to: Type.Array(PROBABILITY) }),
  ]),
  decline: PROBABILITY,
  caveat: PROBABILITY,
  /** [confidence by a model that had not seen the question, right, answerable, intent] */
  sample: Type.Array(
    Type.Tuple([PROBABILITY, Type.Boolean(), Type.Boolean(), Type.Union([Type.String(), Type.Null()])]),
  ),
});
/** What was fitted before the likeliest passages counted: its weights mean nothing now. */
const EARLIER = Type.Object({ schema: Type.Literal(1), name: Type.String() });
export type FittedConfidence = Static<typeof FITTED_CONFIDENCE>;

export const CONFIDENCE_FILE = 'confidence.json';

/** The fit to use, and those that were passed over: made with another reader, or of signals that are read no more. */
export interface FoundConfidence {
  fitted: FittedConfidence;
  /** Names of the others. */
  stale: string[];
}

/**
 * The first fit that was made with this reader: the owner's in the data folder, then the built-in one beside the
 * models. When none was, the last is taken all the same, being as good a guess as any, and is among the stale.
 * @throws confidence_invalid, also when no folder holds one
 */
export async function loadFittedConfidence(
  folders: readonly string[],
  reader: string,
): Promise<FoundConfidence> {
  const found: FittedConfidence[] = [];
  const earlier: string[] = [];
  let missing: unknown;
  for (const folder of new Set(folders)) {
    const path = join(folder, CONFIDENCE_FILE);
    try {
      const value: unknown = JSON.parse(await readFile(path, 'utf8'));
      if (Value.Check(EARLIER, value)) earlier.push(value.name);
      else found.push(checked(value, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw asInvalid(error, path);
      missing = error;
    }
  }
  const fitting = found.find((one) => one.reader === reader);
  const fitted = fitting ?? found.at(-1);
  if (!fitted) throw asInvalid(missing, join(folders.at(-1) ?? '.', CONFIDENCE_FILE));
  const stale = found.slice(0, fitting ? found.indexOf(fitting) : undefined).map(({ name }) => name);
  return { fitted, stale: [...earlier, ...stale] };
}

export function sampleOf({ sample }: Pick<FittedConfidence, 'sample'>): LabelledConfidence[] {
  return sample.map(([confidence, right, answerable, intent]) => ({ confidence, right, answerable, intent }));
}

function checked(value: unknown, path: string): FittedConfidence {
  const [first] = Value.Errors(FITTED_CONFIDENCE, value);
  if (first)
    throw new AnswerboxError('confidence_invalid', { path, reason: `${first.path}: ${first.message}` });
  const fitted = value as FittedConfidence;
  if (fitted.map && !isRising(fitted.map))
    throw new AnswerboxError('confidence_invalid', { path, reason: 'the knots of its map do not rise' });
  return fitted;
}

function isRising({ from, to }: NonNullable<FittedConfidence['map']>): boolean {
  const rises = (values: readonly number[], strictly: boolean): boolean =>
    values.every(
      (value, index) => index === 0 || (strictly ? value > values[index - 1]! : value >= values[index - 1]!),
    );
  return from.length === to.length && rises(from, true) && rises(to, false);
}

function asInvalid(error: unknown, path: string): AnswerboxError {
  if (error instanceof AnswerboxError) return error;
  return new AnswerboxError('confidence_invalid', { path, reason: reasonOf(error) }, error);
}
