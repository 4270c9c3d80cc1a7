import type { Command } from 'commander';
import { modelsFolderOf } from '../composition/package-files.ts';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { inspectGguf } from '../inference/gguf-file.ts';
import { loadManifest, missingRoles, verifyModels, type ModelRole } from '../inference/model-registry.ts';
import { runCommand } from './run-command.ts';

/** What a role that nothing fills means for the owner. */
const MISSING: Record<ModelRole, string> = {
  embedder: 'nothing can be searched or answered',
  reader: 'nothing can be searched or answered',
  verifier: 'drafted sentences are checked by rules alone',
  intents: 'what a customer wants is not told apart',
  generator: 'answers are the documents’ own sentences (set generator to none)',
};

/** The second generator, as configured; null when there is none. @throws large_generator_unusable */
async function largeGenerator(config: Config) {
  if (config.large_generator === '') return null;
  return { ...(await inspectGguf(config.large_generator)), template: config.large_generator_template };
}

export function addModelsCommands(program: Command): void {
  const models = program.command('models').description('The installed models.');

  models
    .command('list')
    .description('What is installed for each role: embedder, reader, verifier, intents, generator.')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox models list\n  answerbox models list --json\n')
    .action((options: { json?: boolean }) =>
      runCommand(options, async ({ config, terminal }) => {
        const manifest = await loadManifest(modelsFolderOf(config));
        const missing = missingRoles(manifest);
        const large = await largeGenerator(config);
        if (options.json) return terminal.json({ ...manifest, missing, large_generator: large });
        for (const { role, name, file, bytes, licence } of manifest.models) {
          terminal.data(`${role.padEnd(10)} ${name}  ${(bytes / 1e6).toFixed(1)} MB  ${licence}  ${file}\n`);
        }
        if (large)
          terminal.data(
            `${'generator'.padEnd(10)} ${large.name}  ${(large.bytes / 1e6).toFixed(1)} MB  second, for complex questions; template ${large.template}  ${large.file}\n`,
          );
        for (const role of missing) terminal.data(`${role.padEnd(10)} missing  ${MISSING[role]}\n`);
      }),
    );

  models
    .command('verify')
    .description('Compares every model file with its checksum in the manifest.')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox models verify\n  answerbox models verify --json\n')
    .action((options: { json?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const files: { file: string; status: 'ok' }[] = [];
        const missing: ModelRole[] = [];
        try {
          const manifest = await loadManifest(modelsFolderOf(config));
          missing.push(...missingRoles(manifest));
          await verifyModels(manifest, {
            signal,
            onFile: ({ path }) => files.push({ file: path, status: 'ok' }),
          });
        } catch (error) {
          if (options.json && error instanceof AnswerboxError)
            terminal.json({ ok: false, files, error: { code: error.code, message: error.message } });
          throw error;
        }
        if (options.json) return terminal.json({ ok: true, files, missing });
        for (const { file } of files) terminal.data(`ok  ${file}\n`);
        for (const role of missing) terminal.note(`No ${role} is listed: ${MISSING[role]}`);
      }),
    );
}
