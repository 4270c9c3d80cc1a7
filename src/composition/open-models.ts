import { describeFields } from '../observability/text-log.ts';
import { chooseEmbedder } from '../inference/choose-embedder.ts';
import type { ModelHost } from '../inference/contracts.ts';
import { createModelHost, type ProcessModelHost } from '../inference/model-client.ts';
import {
  loadManifest,
  verifyModels,
  whyNoGenerator,
  type ModelManifest,
} from '../inference/model-registry.ts';
import { createSwitchableHost } from '../inference/switchable-host.ts';
import type { Metrics } from '../observability/metrics.ts';
import { watchModels } from '../observability/watch-models.ts';
import { createSqliteEmbeddingChangeStore } from '../stores/sqlite/embedding-change-store.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import type { EmbeddingChangeStore } from '../stores/upkeep-contracts.ts';
import type { Opening } from './opening.ts';

export interface CheckedModels {
  manifest: ModelManifest;
  generator: 'builtin' | 'none';
}

/** Finds the weights and compares their checksums; nothing is loaded yet. @throws model_missing, model_damaged */
export async function checkModels(opening: Opening): Promise<CheckedModels> {
  const { config, modelsDir, faults, onProgress, signal } = opening;
  onProgress('Checking the models');
  const manifest = await loadManifest(modelsDir);
  const without = config.generator === 'builtin' ? await whyNoGenerator(manifest, signal) : null;
  const generator = config.generator === 'builtin' && without === null ? 'builtin' : 'none';
  if (without !== null) faults.report('generator', 'failing', without);
  const needed = manifest.models.filter(({ role }) => role !== 'generator');
  await verifyModels({ ...manifest, models: needed }, signal ? { signal } : {});
  return { manifest, generator };
}

export interface Inference {
  models: ModelHost;
  /** A question is being answered, or waits for the models. */
  isAnswering: () => boolean;
  /** With the embedder that takes over when every passage was embedded by it; null when there is none. */
  next: ModelManifest | null;
  openHost: (manifest: ModelManifest) => ProcessModelHost;
  /** The host that served until now. */
  switchTo: (host: ProcessModelHost) => ProcessModelHost;
  embeddingChange: EmbeddingChangeStore;
}

/** The models begin to load in a process of their own; `models.ready` resolves when they have. */
export async function openModels(
  { config, log, onClose }: Opening,
  { manifest, generator }: CheckedModels,
  database: SqliteDatabase,
  metrics: Metrics,
): Promise<Inference> {
  const embeddingChange = createSqliteEmbeddingChangeStore(database);
  const { serving, next } = chooseEmbedder(manifest, await embeddingChange.storedEmbedder());
  const openHost = (hostManifest: ModelManifest): ProcessModelHost =>
    createModelHost({
      manifest: hostManifest,
      generator,
      threads: config.threads,
      maxWaitingQuestions: config.max_waiting_questions,
      log: (event, fields) => log('info', `models: ${event} ${describeFields(fields)}`),
    });
  const hosts = createSwitchableHost(openHost(serving));
  const models = watchModels(hosts.host, metrics);
  onClose(() => models.close());
  return {
    models,
    isAnswering: () => models.load().questions > 0,
    next,
    openHost,
    switchTo: (host) => hosts.switchTo(host),
    embeddingChange,
  };
}
