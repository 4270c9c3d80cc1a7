import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { noteVerified } from '../backup/backup-state.ts';
import type { BackupSummary } from '../backup/backup-format.ts';
import { readBackupKey } from '../backup/backup-key.ts';
import { createBackups } from '../backup/backups.ts';
import type { ExtractOptions } from '../backup/extract-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { verifyBackup } from '../backup/verify-backup.ts';
import {
  backupInspector,
  carryOverOf,
  hasData,
  holdFolder,
  openBackupStores,
} from '../composition/open-backups.ts';
import { VERSION } from '../composition/package-files.ts';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { writeStreamAtomically } from '../files/write-stream-atomically.ts';
import { OWN_KEY_FILE } from '../secrets/read-keys.ts';
import type { ControlFile } from '../serve.ts';
import { findServer } from './backend.ts';
import { controlFetch } from './control-fetch.ts';
import { responseError } from './remote-backend.ts';
import { runCommand, type CommandContext } from './run-command.ts';
import type { Terminal } from './terminal.ts';

interface Common {
  json?: boolean;
}

interface Reading extends Common {
  allowUnencrypted?: boolean;
}

export function addBackupCommands(program: Command): void {
  const backup = program
    .command('backup')
    .description('Writes everything that is kept here into one file, while the server runs or not.')
    .argument('[file]', 'the file to write')
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox backup /mnt/usb/answerbox.backup\n  answerbox backup verify /mnt/usb/answerbox.backup\n',
    )
    .action((file: string | undefined, options: Common) =>
      runCommand(options, async (context) => {
        if (file === undefined)
          throw new AnswerboxError('usage', { reason: 'Say which file to write: answerbox backup FILE.' });
        show(
          await makeFile(resolve(file), context),
          'written and read back whole',
          options,
          context.terminal,
        );
      }),
    );
  backup
    .command('verify <file>')
    .description('Reads a whole backup back and opens the stores in it.')
    .option('--allow-unencrypted', 'take one that is not encrypted, although a key is set')
    .option('--json', 'one JSON document')
    .action((file: string, _options: Common, command: Command) => {
      // The option of the same name before it is the one that is filled.
      const options = command.optsWithGlobals<Reading>();
      return runCommand(options, async (context) => {
        const path = mustExist(file);
        const summary = await verifyBackup(
          path,
          context.config.data_dir,
          await readOptions(context, options),
        );
        if (hasData(context.config.data_dir))
          await noteVerified(resolve(context.config.data_dir), summary, new Date());
        show(summary, 'whole', options, context.terminal);
      });
    });
  program
    .command('restore <file>')
    .description('Puts what a backup holds into the data folder. No server may be running on it.')
    .option('--yes', 'replace what the folder holds')
    .option('--allow-unencrypted', 'take one that is not encrypted, although a key is set')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox restore /mnt/usb/answerbox.backup\n')
    .action((file: string, options: Reading & { yes?: boolean }) =>
      runCommand(options, async (context) => {
        const path = mustExist(file);
        const folder = resolve(context.config.data_dir);
        const lock = await holdFolder(folder);
        try {
          const replace = options.yes ?? false;
          const summary = await restoreBackup(path, folder, {
            ...(await readOptions(context, options)),
            replace,
            carryOver: carryOverOf(path, context.config),
          });
          show(summary, `restored into ${folder}; start the server now`, options, context.terminal);
        } finally {
          lock.release();
        }
      }),
    );
}

async function makeFile(path: string, context: CommandContext): Promise<BackupSummary> {
  const { config, signal, terminal } = context;
  const progress = showProgress(terminal);
  const server = await findServer(config);
  if (server) {
    terminal.progress('The server copies its stores …');
    await writeStreamAtomically(path, fromServer(server, signal));
    // One that the server did not encrypt is read back all the same, and named below.
    const reading = await readOptions(context, { allowUnencrypted: true });
    const summary = await verifyBackup(path, config.data_dir, reading);
    await noteVerified(resolve(config.data_dir), summary, new Date());
    if (!summary.encrypted && config.backup_key_file !== '')
      throw new AnswerboxError('usage', {
        reason: `${path} was written, but not encrypted: the running server has no ANSWERBOX_BACKUP_KEY_FILE. Set it there and start it again.`,
      });
    return summary;
  }
  if (!hasData(config.data_dir))
    throw new AnswerboxError('usage', {
      reason: `${resolve(config.data_dir)} holds nothing yet. Name the folder in ANSWERBOX_DATA_DIR.`,
    });
  const stores = await openBackupStores(config.data_dir, (message) => terminal.note(message));
  try {
    const log = (_level: string, message: string): void => terminal.note(message);
    const backups = createBackups({
      config,
      stores,
      inspector: backupInspector,
      program: VERSION,
      secretsKey: OWN_KEY_FILE,
      log,
    });
    return await backups.save(path, { signal, onProgress: progress });
  } finally {
    await stores.close();
  }
}

async function* fromServer(
  { url, token, ...control }: ControlFile,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await controlFetch(control)(`${url}/api/v1/backups`, { method: 'POST', headers, signal });
  if (!response.ok || !response.body) throw await responseError(response);
  try {
    yield* response.body;
  } catch (error) {
    if (signal.aborted) throw new AnswerboxError('cancelled', {}, error);
    throw new AnswerboxError('usage', {
      reason: 'The server broke the backup off; its log says why. No file was written.',
    });
  }
}

async function readOptions(
  { config, signal, terminal }: CommandContext,
  { allowUnencrypted = false }: Reading,
): Promise<ExtractOptions> {
  const secret = await keyOf(config);
  return { inspector: backupInspector, secret, allowUnencrypted, signal, onProgress: showProgress(terminal) };
}

function keyOf({ backup_key_file }: Config): Promise<string | null> {
  return readBackupKey(backup_key_file);
}

function showProgress(terminal: Terminal): (step: string, done: number, total: number) => void {
  return (step, done, total) => {
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
    terminal.progress(`${step} … ${percent} %`);
  };
}

function mustExist(file: string): string {
  const path = resolve(file);
  if (!existsSync(path)) throw new AnswerboxError('usage', { reason: `There is no file ${path}.` });
  return path;
}

function show(summary: BackupSummary, what: string, options: Common, terminal: Terminal): void {
  terminal.clearProgress();
  if (options.json) return terminal.json(summary);
  const { path, bytes, created_at, program, encrypted, parts, rows, left_out, sha256 } = summary;
  const count = (table: string): number => rows[table] ?? 0;
  terminal.data(
    `${path}: ${what}\n` +
      `  ${(bytes / 1e6).toFixed(1)} MB, ${parts} parts, ${encrypted ? 'encrypted' : 'not encrypted'}, ` +
      `of ${created_at}, by version ${program}\n` +
      `  ${count('documents')} documents, ${count('conversations')} conversations, ${count('messages')} messages\n` +
      `  SHA-256 ${sha256}\n`,
  );
  for (const name of left_out)
    terminal.note(
      name === OWN_KEY_FILE
        ? `left out: ${name}, which opens the secrets in it; keep a copy elsewhere, or encrypt the backups`
        : `left out: ${name} (a link, or no plain file)`,
    );
}
