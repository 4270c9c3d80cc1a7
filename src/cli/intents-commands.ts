import { resolve } from 'node:path';
import type { Command } from 'commander';
import { modelsFolderOf } from '../composition/package-files.ts';
import { identityOf, labelsOf, loadManifest, modelWithRole } from '../inference/model-registry.ts';
import type { OwnIntentModel } from '../intents/intents-types.ts';
import { loadOwnIntents, ownIntentsPath, saveOwnIntents } from '../intents/own-intents-file.ts';
import { runCommand, type CommandContext } from './run-command.ts';

interface JsonOption {
  json?: boolean;
}

export function addIntentsCommands(program: Command): void {
  const intents = program
    .command('intents')
    .description('What customers want: built-in intents and your own.');

  intents
    .command('train')
    .description('Trains your own intents from examples; they replace the ones trained before.')
    .argument('<file>', 'JSON Lines {"text", "label"}, 5 to 500 a label; "oos" marks texts of no intent')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox intents train examples.jsonl\n')
    .action((file: string, options: JsonOption) =>
      runCommand(options, async (context) => {
        const model = await train(file, context);
        if (options.json) return context.terminal.json({ ok: true, own: describe(model, false) });
        context.terminal.data(summary(model));
      }),
    );

  intents
    .command('list')
    .description('The built-in intents and your own, with their examples and threshold.')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox intents list\n  answerbox intents list --json\n')
    .action((options: JsonOption) => runCommand(options, (context) => list(context, options)));
}

async function train(file: string, { config, terminal, signal }: CommandContext): Promise<OwnIntentModel> {
  // Loaded when used: other commands start faster without.
  const [{ readUtterances }, { checkExamples }, { withEmbedder }, { trainOwnIntents }] = await Promise.all([
    import('../evaluate/read-utterances.ts'),
    import('../intents/check-examples.ts'),
    import('../evaluate/with-embedder.ts'),
    import('../intents/train-own-intents.ts'),
  ]);
  const { examples, warnings } = checkExamples(file, await readUtterances(file, { signal, strict: true }));
  for (const warning of warnings) terminal.note(warning);
  terminal.progress('Loading the models');
  return withEmbedder(modelsFolderOf(config), config, signal, async (embedder) => {
    const onProgress = (message: string, done: number, total: number): void =>
      terminal.progress(`${message} ${done}/${total}`);
    const model = await trainOwnIntents(examples, { embedder, signal, onProgress });
    // Written aside and renamed, so it needs no lock: a running server sees the old or the new one.
    await saveOwnIntents(ownIntentsPath(resolve(config.data_dir)), model);
    return model;
  });
}

async function list({ config, terminal }: CommandContext, { json }: JsonOption): Promise<void> {
  const manifest = await loadManifest(modelsFolderOf(config));
  const builtin = labelsOf(manifest, modelWithRole(manifest, 'intents')).intents;
  const embedder = identityOf(modelWithRole(manifest, 'embedder'));
  const model = await loadOwnIntents(ownIntentsPath(resolve(config.data_dir)));
  const stale = model !== null && model.embedder !== embedder;
  if (json) return terminal.json({ builtin, own: model && describe(model, stale) });
  terminal.data(`Built in (${builtin.length}): ${builtin.join(', ')}\n`);
  if (model === null)
    return terminal.data('Your own: none yet; "answerbox intents train FILE" makes them.\n');
  terminal.data(summary(model));
  if (stale)
    terminal.data('They are out of date: the embedder has changed since. Train them again with your file.\n');
}

function describe(model: OwnIntentModel, stale: boolean): object {
  const { intents, oosExamples, oosFrom, threshold, figures, trainedAt } = model;
  return {
    intents,
    oos_examples: oosExamples,
    oos_from: oosFrom,
    threshold,
    cross_validation: figures,
    trained_at: trainedAt,
    stale,
  };
}

function summary({ intents, oosExamples, oosFrom, threshold, figures, trainedAt }: OwnIntentModel): string {
  const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;
  const source =
    oosFrom === 'file' ? 'yours' : 'built-in texts of foreign subjects, as the file has no "oos"';
  return [
    `Your own (${intents.length}, trained ${trainedAt}):`,
    ...intents.map(({ name, examples }) => `  ${String(examples).padStart(4)}  ${name}`),
    `  ${String(oosExamples).padStart(4)}  out of scope (${source})`,
    `Threshold ${threshold.toFixed(2)}. Cross-validated: ${percent(figures.in_scope_accuracy)} of in-scope texts right, ` +
      `${percent(figures.oos_recall)} of texts out of scope rejected.`,
    '',
  ].join('\n');
}
