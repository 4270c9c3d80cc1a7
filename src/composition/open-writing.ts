import { describeFields } from '../observability/text-log.ts';
import { join } from 'node:path';
import { readPromptTemplate } from '../answer/writers/read-prompt-template.ts';
import type { LargeWriter, Writing } from '../answer/writers/writer-types.ts';
import { throwIfCancelled } from '../errors.ts';
import { createGeneratorHost } from '../inference/generator-host.ts';
import { inspectGguf } from '../inference/gguf-file.ts';
import { findModel, type ModelManifest } from '../inference/model-registry.ts';
import type { Metrics } from '../observability/metrics.ts';
import { watchGenerator } from '../observability/watch-models.ts';
import type { Opening } from './opening.ts';
import { PROMPTS_FOLDER } from './package-files.ts';

/** Template of a generator whose manifest names none. */
const BUILTIN_TEMPLATE = 'numbered-passages';

const AWAY = 'the second generator does not run (the log says why); the built-in one writes instead';

/** Where templates are looked for, the owner's first. */
export function promptFolders(dataFolder: string): string[] {
  return [join(dataFolder, 'prompts'), PROMPTS_FOLDER];
}

/** Name of the built-in generator's template. */
export function builtinTemplate(manifest: ModelManifest): string {
  return findModel(manifest, 'generator')?.prompt_format?.template ?? BUILTIN_TEMPLATE;
}

/**
 * Templates and limits of drafts, and the second generator where one is configured; that begins to load in a process
 * of its own, and until it has the built-in one writes.
 * @param waits for it to be loaded: who asks one question and leaves would never have it
 * @throws prompt_template_missing, prompt_template_invalid, large_generator_unusable
 */
export async function openWriting(
  opening: Opening,
  manifest: ModelManifest,
  metrics: Metrics,
  waits: boolean,
): Promise<Writing> {
  const { config, folder } = opening;
  const template = await readPromptTemplate(builtinTemplate(manifest), promptFolders(folder));
  return {
    builtin: { template, answerTokens: config.max_answer_tokens },
    large: config.large_generator === '' ? null : await openLarge(opening, metrics, waits),
    timeoutMs: config.generate_timeout_ms,
    regenerates: config.regenerate_sentences,
  };
}

async function openLarge(
  { config, folder, signal, log, faults, onClose, onProgress }: Opening,
  metrics: Metrics,
  waits: boolean,
): Promise<LargeWriter> {
  const template = await readPromptTemplate(config.large_generator_template, promptFolders(folder));
  const host = createGeneratorHost({
    model: await inspectGguf(config.large_generator),
    contextTokens: config.large_generator_context,
    threads: config.threads,
    log: (event, fields) => {
      log('info', `large generator: ${event} ${describeFields(fields)}`);
      const { state } = fields;
      if (state === 'ready') faults.clear('large_generator');
      if (state === 'failed' || state === 'restarting') faults.report('large_generator', 'failing', AWAY);
    },
  });
  onClose(() => host.close());
  if (waits) {
    onProgress('Loading the second generator');
    // What fails is told as a fault; the built-in generator writes then.
    await host.ready(signal).catch(() => throwIfCancelled(signal));
  }
  return {
    generator: watchGenerator(host.generator, 'large', metrics),
    template,
    answerTokens: config.large_generator_answer_tokens,
    patienceMs: config.large_generator_patience_ms,
    health: () => host.health(),
    texts: () => host.texts(),
    processId: () => host.processId(),
  };
}
