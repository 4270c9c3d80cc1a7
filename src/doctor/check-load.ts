import { modelsFolderOf } from '../composition/package-files.ts';
import { findServer } from '../cli/backend.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { createModelHost } from '../inference/model-client.ts';
import { loadManifest } from '../inference/model-registry.ts';
import { failed, ok, type Finding } from './doctor-types.ts';

const FIX =
  'Run "answerbox doctor memory models cpu"; if these are fine, give the failure above to the maintainers.';

/** Starts the model process and computes something with it; a running server has done so already. */
export async function checkLoad(config: Config, signal: AbortSignal): Promise<Finding> {
  const server = await findServer(config);
  if (server) return checkServer(server.url);
  try {
    return await loadAndCompute(config, signal);
  } catch (error) {
    if (!(error instanceof AnswerboxError) || error.code === 'cancelled') throw error;
    return failed(`The models could not be used: ${reasonOf(error)}`, FIX, { code: error.code });
  }
}

async function checkServer(url: string): Promise<Finding> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  const { models } = (await response.json()) as { models: string };
  if (response.ok) return ok(`not loaded again: the running server at ${url} is ready`, { url, models });
  return failed(
    `The running server at ${url} says that its models are ${models}.`,
    'Look for the reason in its log; it tries again by itself.',
    { url, models },
  );
}

async function loadAndCompute(config: Config, signal: AbortSignal): Promise<Finding> {
  const started = performance.now();
  const manifest = await loadManifest(modelsFolderOf(config));
  const host = createModelHost({ manifest, generator: config.generator, threads: config.threads });
  try {
    await host.ready(signal);
    const loadSeconds = (performance.now() - started) / 1000;
    const [vector] = await host.embedder.embed(['How long do I have to return shoes?'], { signal });
    const norm = Math.hypot(...(vector ?? []));
    const statement = 'Shoes can be returned within 60 days.';
    const [probability] =
      (await host.verifier?.verify([{ statement, evidence: statement }], { signal })) ?? [];
    const evidence = {
      load_seconds: Number(loadSeconds.toFixed(2)),
      dimensions: vector?.length ?? 0,
      norm: Number(norm.toFixed(4)),
      ...(probability !== undefined && { held: Number(probability.toFixed(4)) }),
    };
    if (Math.abs(norm - 1) < 1e-3)
      return ok(`loaded in ${loadSeconds.toFixed(1)} s, and a text was embedded`, evidence);
    return failed(`The embedder gave a vector of length ${norm} instead of 1.`, FIX, evidence);
  } finally {
    await host.close();
  }
}
