#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addAdminCommands } from './cli/admin-commands.ts';
import { addAuditCommands } from './cli/audit-commands.ts';
import { addAskCommand } from './cli/ask-command.ts';
import { addBenchCommand } from './cli/bench-command.ts';
import { addBackupCommands } from './cli/backup-commands.ts';
import { addCatalogueCommands } from './cli/catalogue-commands.ts';
import { addDoctorCommand } from './cli/doctor-command.ts';
import { addErrorRateCommand } from './cli/error-rate-command.ts';
import { addSearchWeightsCommand } from './cli/search-weights-command.ts';
import { addEvalCommands } from './cli/eval-commands.ts';
import { EXIT_CODES, exitCodeOf } from './cli/exit-codes.ts';
import { addIngestCommand } from './cli/ingest-command.ts';
import { addJobsCommands } from './cli/jobs-commands.ts';
import { addDocumentsCommands } from './cli/documents-commands.ts';
import { addKnowledgeCommands } from './cli/knowledge-commands.ts';
import { addMaintainCommand } from './cli/maintain-command.ts';
import { addIntentsCommands } from './cli/intents-commands.ts';
import { addModelsCommands } from './cli/models-commands.ts';
import { addPrivacyCommands } from './cli/privacy-commands.ts';
import { addSecretsCommands } from './cli/secrets-commands.ts';
import { addSearchCommand } from './cli/search-command.ts';
import { addServeCommand } from './cli/serve-command.ts';
import { addKeysCommands, addUsersCommands } from './cli/staff-commands.ts';
import { AnswerboxError, reasonOf } from './errors.ts';

const program = new Command('answerbox')
  .description('Answers customers from your own documents, on your own machine.')
  .configureHelp({ showGlobalOptions: true })
  .helpCommand(true)
  .exitOverride()
  .addHelpText(
    'beforeAll',
    'Examples:\n  answerbox serve\n  answerbox ask "How long can I return unworn goods?"\n  answerbox ingest ./handbook\n',
  );

addServeCommand(program);
addAskCommand(program);
addIngestCommand(program);
addJobsCommands(program);
addDocumentsCommands(program);
addKnowledgeCommands(program);
addMaintainCommand(program);
addSearchCommand(program);
addCatalogueCommands(program);
addEvalCommands(program);
addIntentsCommands(program);
addModelsCommands(program);
addErrorRateCommand(program);
addSearchWeightsCommand(program);
addBackupCommands(program);
addDoctorCommand(program);
addBenchCommand(program);
addUsersCommands(program);
addKeysCommands(program);
addAuditCommands(program);
addPrivacyCommands(program);
addSecretsCommands(program);
addAdminCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

function explain(error: unknown): number {
  // Commander has printed its own words by now.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage.code;
  const known = error instanceof AnswerboxError;
  process.stderr.write(`answerbox: ${reasonOf(error)}\n`);
  if (!known && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return exitCodeOf(error);
}
