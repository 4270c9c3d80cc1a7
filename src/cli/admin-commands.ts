import { resolve } from 'node:path';
import type { Command } from 'commander';
import { modelsFolderOf } from '../composition/package-files.ts';
import { AnswerboxError } from '../errors.ts';
import { openBackend } from './backend.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { runCommand } from './run-command.ts';

export function addAdminCommands(program: Command): void {
  addConfigCommand(program);
  addPathsCommand(program);
  addDemoCommand(program);
  program
    .command('exit-codes')
    .description('What the exit statuses mean.')
    .action(() => {
      for (const { code, meaning } of Object.values(EXIT_CODES))
        process.stdout.write(`${String(code).padStart(3)}  ${meaning}\n`);
    });
}

function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('The settings in force.')
    .option('--explain', 'every setting with default, range and where its value came from')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox config --explain\n  answerbox config --json\n')
    .action((options: { explain?: boolean; json?: boolean }) =>
      runCommand(options, async ({ config, explained, terminal }) => {
        if (options.json) return terminal.json(options.explain ? explained : config);
        for (const { key, value, variable, default: fallback, range, description, from } of explained) {
          terminal.data(`${key} = ${JSON.stringify(value)}  (${from})\n`);
          if (options.explain)
            terminal.data(
              `    ${description}\n    ${variable}; ${range}; default ${JSON.stringify(fallback)}\n`,
            );
        }
      }),
    );
}

function addPathsCommand(program: Command): void {
  program
    .command('paths')
    .description('Where everything lives.')
    .option('--json', 'one JSON document')
    .action((options: { json?: boolean }) =>
      runCommand(options, async ({ config, terminal }) => {
        const data = resolve(config.data_dir);
        const paths = {
          data,
          database: resolve(data, 'answerbox.sqlite'),
          vectors: resolve(data, 'vectors'),
          profile: resolve(data, 'profile.json'),
          models: modelsFolderOf(config),
        };
        if (options.json) return terminal.json(paths);
        for (const [name, path] of Object.entries(paths)) terminal.data(`${name.padEnd(9)} ${path}\n`);
      }),
    );
}

function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('The demo shop.')
    .command('remove')
    .description('Removes the documents, products and orders of the demo shop for good.')
    .option('--yes', 'do it without asking')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox demo remove --yes\n')
    .action((options: { yes?: boolean; json?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        if (!options.yes)
          throw new AnswerboxError('usage', {
            reason: 'This removes the demo documents for good. Say so with --yes.',
          });
        const backend = await openBackend({ ...config, demo: false }, { signal });
        try {
          const removed = await backend.removeDemo();
          if (options.json) terminal.json({ removed });
          else terminal.data(`${removed} demo documents removed\n`);
        } finally {
          await backend.close();
        }
      }),
    );
}
