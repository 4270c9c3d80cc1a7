import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Generator } from '../../inference/contracts.ts';
import type { ServedModel } from '../schemas/openai-schema.ts';

/** The whole question path, under this name. */
export const WHOLE_PATH = 'answerbox';

/** Tokens that the reader reads of query and passage together. */
const READER_TOKENS = 256;

export type ModelUse = 'completions' | 'embeddings' | 'rerank';

interface UsableModel extends ServedModel {
  uses: ModelUse[];
}

/** Everything that programs may name. Reads what is known already: no weights are touched. */
export function servedModels(app: Pick<App, 'models' | 'answerTools'>, created: number): UsableModel[] {
  const { generator, embedder, reader } = app.models;
  const large = app.answerTools.writing.large?.generator;
  const model = (id: string, context_length: number, ...uses: ModelUse[]): UsableModel => ({
    id,
    object: 'model',
    created,
    owned_by: 'answerbox',
    context_length,
    uses,
  });
  const path = model(WHOLE_PATH, generator?.contextTokens ?? embedder.contextTokens, 'completions');
  return [
    path,
    ...(generator ? [model(nameOf(generator), generator.contextTokens, 'completions')] : []),
    ...(large ? [model(nameOf(large), large.contextTokens, 'completions')] : []),
    model(nameOf(embedder), embedder.contextTokens, 'embeddings'),
    model(nameOf(reader), READER_TOKENS, 'rerank'),
  ];
}

/** The generator of this name; null when it is none of a generator. */
export function generatorNamed(app: Pick<App, 'models' | 'answerTools'>, name: string): Generator | null {
  const generators = [app.models.generator, app.answerTools.writing.large?.generator];
  return generators.find((one) => one && nameOf(one) === name) ?? null;
}

/** @throws model_not_found when no such model is there for this use */
export function requireModel(models: readonly UsableModel[], id: string, use: ModelUse): ServedModel {
  const fitting = models.filter(({ uses }) => uses.includes(use));
  const found = fitting.find((model) => model.id === id);
  if (found) return found;
  const known = fitting.map((model) => model.id).join(', ');
  throw new AnswerboxError('model_not_found', { model: id.slice(0, 100), known, param: 'model' });
}

/** Identities are "name@sha256". */
function nameOf({ identity }: { identity: string }): string {
  return identity.replace(/@[^@]*$/, '');
}
