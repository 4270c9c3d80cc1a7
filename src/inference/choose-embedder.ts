import { findModel, identityOf, type ModelManifest } from './model-registry.ts';

/**
 * Which models serve now. When the vectors in the store are another embedder's, and the manifest still lists that
 * one after the new one, it serves on, with the intents that were fitted to it, until all passages are embedded anew.
 * @param stored identity of the embedder that made the vectors; null when there are none
 */
export function chooseEmbedder(
  manifest: ModelManifest,
  stored: string | null,
): { serving: ModelManifest; next: ModelManifest | null } {
  const wanted = findModel(manifest, 'embedder');
  const before = manifest.models.find((model) => model.role === 'embedder' && identityOf(model) === stored);
  if (!wanted || !before || before === wanted) return { serving: manifest, next: null };
  const lastIntents = manifest.models.filter(({ role }) => role === 'intents').at(-1);
  const others = manifest.models.filter(
    (model) => model.role !== 'embedder' && (model.role !== 'intents' || model === lastIntents),
  );
  return { serving: { ...manifest, models: [before, ...others] }, next: manifest };
}
