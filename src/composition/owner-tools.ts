import { chooseByErrorRate } from '../answer/decide/choose-by-error-rate.ts';
import { sampleOf, type FittedConfidence } from '../answer/decide/fitted-confidence.ts';
import type { AnswerTools } from '../answer/path-types.ts';
import { DEFAULT_WEIGHTS, readWeights, type RetrievalWeights } from '../answer/retrieval-weights.ts';
import { describeConfig, type Config } from '../config.ts';
import { loadManifest, missingRoles, verifyModels, type ModelManifest } from '../inference/model-registry.ts';
import type { SettingStore } from '../stores/contracts.ts';
import type { Opening } from './opening.ts';

/** Setting in the store; '' when the configuration holds. */
const ERROR_RATE = 'most_wrong_answers';
/** The same for the weights of the search, as JSON; '' for the defaults. */
const WEIGHTS = 'search_weights';

/** What the owner sees of the machine, and sets while it runs. */
export interface OwnerTools {
  /** Every setting in force, as it may be shown. */
  describeSettings(): ReturnType<typeof describeConfig>;
  /** What is installed, as the manifest says, and the roles that nothing fills. */
  installedModels(): Promise<ModelManifest & { missing: readonly string[] }>;
  /** Compares every model file with its checksum; the paths. @throws model_missing, model_damaged, cancelled */
  verifyModels(signal: AbortSignal): Promise<string[]>;
  /** The owner's error rate in force: 'console' when it was set while running, and goes before the configuration. */
  errorRate(): { rate: number; from: 'console' | 'configuration' };
  /** Sets it from the next question on; null goes back to the configuration. */
  setErrorRate(rate: number | null): Promise<void>;
  /** What the search weighs by. */
  searchWeights(): RetrievalWeights;
  /** Sets some of them, or all back to the defaults (null), from the next question on. */
  setSearchWeights(weights: Partial<RetrievalWeights> | null): Promise<void>;
}

export async function openOwnerTools(
  { config, modelsDir }: Pick<Opening, 'config' | 'modelsDir'>,
  {
    settings,
    answerTools,
    fitted,
  }: { settings: SettingStore; answerTools: AnswerTools; fitted: FittedConfidence },
): Promise<OwnerTools> {
  const stored = await settings.get(ERROR_RATE);
  let own = stored === null || stored === '' ? null : Number(stored);
  const apply = (): void => {
    answerTools.confidence = confidenceAt(own ?? config.most_wrong_answers, config, fitted);
  };
  if (own !== null) apply();
  answerTools.weights = readWeights(await settings.get(WEIGHTS));
  return {
    searchWeights: () => answerTools.weights,
    setSearchWeights: async (weights) => {
      const next = weights && { ...answerTools.weights, ...weights };
      await settings.set(WEIGHTS, next === null ? '' : JSON.stringify(next));
      answerTools.weights = next ?? DEFAULT_WEIGHTS;
    },
    describeSettings: () => describeConfig(config),
    installedModels: async () => {
      const installed = await loadManifest(modelsDir);
      return { ...installed, missing: missingRoles(installed) };
    },
    verifyModels: async (signal) => {
      const paths: string[] = [];
      const onFile = ({ path }: { path: string }): void => void paths.push(path);
      await verifyModels(await loadManifest(modelsDir), { signal, onFile });
      return paths;
    },
    errorRate: () =>
      own === null
        ? { rate: config.most_wrong_answers, from: 'configuration' }
        : { rate: own, from: 'console' },
    setErrorRate: async (rate) => {
      // Stored first: what is in force after a restart is what was answered by before it.
      await settings.set(ERROR_RATE, rate === null ? '' : String(rate));
      own = rate;
      apply();
    },
  };
}

/** The fitted confidence under an error rate of the owner's. */
export function confidenceAt(
  rate: number,
  { most_wrong_answers_by_intent: byIntent, answers_with_caveat: caveats }: Config,
  fitted: FittedConfidence,
): AnswerTools['confidence'] {
  return chooseByErrorRate(fitted.name, fitted, sampleOf(fitted), { mostWrong: rate, byIntent, caveats });
}
