import { resolve } from 'node:path';
import { readPromptTemplate } from '../answer/writers/read-prompt-template.ts';
import { builtinTemplate, promptFolders } from '../composition/open-writing.ts';
import { modelsFolderOf } from '../composition/package-files.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { inspectGguf } from '../inference/gguf-file.ts';
import { loadManifest } from '../inference/model-registry.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';

/** Free memory, as a share of the second generator's file, with which it runs: weights and what it computes with. */
const ROOM = 1.2;

/** Prompt templates, and the second generator where one is configured: its file, and whether it fits into memory. */
export async function checkGenerators(
  config: Config,
  available = process.availableMemory(),
): Promise<Finding> {
  try {
    const folders = promptFolders(resolve(config.data_dir));
    const builtin = await readPromptTemplate(
      builtinTemplate(await loadManifest(modelsFolderOf(config))),
      folders,
    );
    const own = { template: builtin.name };
    if (config.large_generator === '')
      return ok(`the built-in one, template ${builtin.name}; no second one is configured`, own);
    const large = await inspectGguf(config.large_generator);
    const template = await readPromptTemplate(config.large_generator_template, folders);
    const evidence = {
      ...own,
      large: large.name,
      large_template: template.name,
      bytes: large.bytes,
      available,
    };
    const shown = `the built-in one, template ${builtin.name}; ${large.name} (${(large.bytes / 1e9).toFixed(2)} GB), template ${template.name}`;
    if (available >= large.bytes * ROOM) return ok(shown, evidence);
    return warning(
      `${shown}; it hardly fits into the ${(available / 1e9).toFixed(1)} GB that are available.`,
      'Take a smaller model or a stronger quantisation, or give the machine more memory; unless it fits, the built-in generator writes.',
      evidence,
    );
  } catch (error) {
    if (!(error instanceof AnswerboxError) || error.code === 'cancelled') throw error;
    return failed(reasonOf(error), 'Do what the message says; until then the server does not start.', {
      code: error.code,
    });
  }
}
