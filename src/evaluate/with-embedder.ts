import type { Config } from '../config.ts';
import type { Embedder } from '../inference/contracts.ts';
import { createModelHost } from '../inference/model-client.ts';
import { loadManifest, verifyModels } from '../inference/model-registry.ts';

/** A model process for work that needs the embedder alone: no store is opened and no folder locked. */
export async function withEmbedder<Result>(
  modelsDir: string,
  { threads }: Pick<Config, 'threads'>,
  signal: AbortSignal | undefined,
  work: (embedder: Embedder) => Promise<Result>,
): Promise<Result> {
  const manifest = await loadManifest(modelsDir);
  await verifyModels(manifest, signal ? { signal } : {});
  const host = createModelHost({ manifest, generator: 'none', threads });
  try {
    await host.ready(signal);
    return await work(host.embedder);
  } finally {
    await host.close();
  }
}
