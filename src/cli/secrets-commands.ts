import { resolve } from 'node:path';
import type { Command } from 'commander';
import { MACHINE } from '../auth/principal.ts';
import { newToken } from '../auth/tokens.ts';
import { hasData, holdFolder } from '../composition/open-backups.ts';
import { openSealedDatabase } from '../composition/open-sealed-database.ts';
import { openStaff } from '../composition/open-staff.ts';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import type { FieldCipher } from '../stores/cipher-contracts.ts';
import { dropUnreadable } from '../stores/sqlite/drop-unreadable.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { countByKey } from '../stores/sqlite/require-keys.ts';
import { rotateKeys } from '../stores/sqlite/rotate-keys.ts';
import { runCommand } from './run-command.ts';

interface Common {
  json?: boolean;
}

export function addSecretsCommands(program: Command): void {
  const secrets = program
    .command('secrets')
    .description('What of the database is encrypted, and with which key. No server may be running.');
  secrets
    .command('status')
    .description('How many values each key seals; the present key is marked.')
    .option('--json', 'one JSON document')
    .action((options: Common) =>
      runCommand(options, async ({ config, terminal }) =>
        withFolder(config, false, async ({ database, cipher }) => {
          const columns = countByKey(database);
          if (options.json) return terminal.json({ current: cipher.current, columns });
          for (const [column, counts] of Object.entries(columns))
            for (const [id, values] of Object.entries(counts))
              terminal.data(lineOf(column, id, values, cipher));
        }),
      ),
    );
  secrets
    .command('rotate')
    .description('Encrypts everything with the present key; broken off, run it again.')
    .option('--json', 'one JSON document')
    .action((options: Common) =>
      runCommand(options, async ({ config, terminal, signal }) =>
        withFolder(config, true, async ({ database, cipher }) => {
          const onProgress = (column: string, done: number): void =>
            terminal.progress(`${column} … ${done} encrypted anew`);
          const done = await rotateKeys(database, cipher, { signal, onProgress });
          await openStaff(database).audit(MACHINE, 'secrets rotate', { key: cipher.current, ...done });
          if (options.json) return terminal.json({ current: cipher.current, ...done });
          terminal.clearProgress();
          terminal.data(
            `${done.resealed} encrypted anew with ${cipher.current ?? 'no key'}\n` +
              (done.unreadable > 0 ? `${done.unreadable} could not be read and were left as they are\n` : ''),
          );
        }),
      ),
    );
  secrets
    .command('drop')
    .description(
      'For a key that is lost: removes what nobody can read any more, and lets the server start again.',
    )
    .option('--yes', 'do it; without it, what would go is shown')
    .option('--json', 'one JSON document')
    .action((options: Common & { yes?: boolean }) =>
      runCommand(options, async ({ config, terminal }) =>
        withFolder(config, false, async ({ database, cipher }) => {
          if (!options.yes)
            throw new AnswerboxError('usage', { reason: `${lossOf(database, cipher)} Run it with --yes.` });
          const dropped = dropUnreadable(database, cipher, () => newToken('whsec_'));
          await openStaff(database).audit(MACHINE, 'secrets drop', dropped);
          if (options.json) return terminal.json(dropped);
          for (const [column, values] of Object.entries(dropped)) terminal.data(`${column}: ${values}\n`);
        }),
      ),
    );
}

async function withFolder(
  config: Config,
  requires: boolean,
  work: (opened: { database: SqliteDatabase; cipher: FieldCipher }) => Promise<void>,
): Promise<void> {
  if (!hasData(config.data_dir))
    throw new AnswerboxError('usage', { reason: `${resolve(config.data_dir)} holds nothing yet.` });
  const lock = await holdFolder(resolve(config.data_dir));
  try {
    const opened = openSealedDatabase(config, { requires });
    try {
      await work(opened);
    } finally {
      opened.database.close();
    }
  } finally {
    lock.release();
  }
}

function lineOf(column: string, id: string, values: number, cipher: FieldCipher): string {
  const key =
    id === ''
      ? 'not encrypted'
      : `${id}${id === cipher.current ? ' (present)' : cipher.has(id) ? '' : ' (MISSING)'}`;
  return `${column.padEnd(24)} ${String(values).padStart(8)}  ${key}\n`;
}

function lossOf(database: SqliteDatabase, cipher: FieldCipher): string {
  const lost = Object.entries(countByKey(database)).map(([column, counts]) => {
    const values = Object.entries(counts).filter(([id]) => id !== '' && !cipher.has(id));
    return `${column}: ${values.reduce((sum, [, count]) => sum + count, 0)}`;
  });
  return (
    `Nobody can read any more: ${lost.join(', ')}. Second factors would be removed, webhooks switched off with a ` +
    'new secret, files and traces removed.'
  );
}
