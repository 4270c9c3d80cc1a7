import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { exportLines, printHead, readHead } from '../audit/read-audit.ts';
import { AnswerboxError } from '../errors.ts';
import { runCommand } from './run-command.ts';
import { withStaff } from './with-staff.ts';

interface Common {
  json?: boolean;
}

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('What staff and programs did: the chain of lines.');
  audit
    .command('verify')
    .description('Computes the chain again and prints its head; fails when a line was changed or is missing.')
    .option('--head <head>', 'a head that was printed before and kept elsewhere')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox audit verify\n  answerbox audit verify --head 812:9f2c…\n')
    .action((options: Common & { head?: string }) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ auditStore }) => {
          const verdict = await auditStore.verify(
            options.head === undefined ? undefined : readHead(options.head),
          );
          if (options.json) terminal.json(verdict);
          if (verdict.firstBad !== null) throw new AnswerboxError('audit_broken', { line: verdict.firstBad });
          if (!options.json)
            terminal.data(`${verdict.lines} lines, all whole; head ${printHead(verdict.head)}\n`);
        }),
      ),
    );
  audit
    .command('head')
    .description('The number and hash of the last line: keep it where nobody on this machine can write.')
    .option('--json', 'one JSON document')
    .action((options: Common) =>
      runCommand(options, async ({ config, terminal }) =>
        withStaff(config, async ({ auditStore }) => {
          const head = await auditStore.head();
          if (options.json) terminal.json(head);
          else terminal.data(`${printHead(head)}\n`);
        }),
      ),
    );
  audit
    .command('export <file>')
    .description('Writes all lines with their hashes as JSON Lines.')
    .option('--json', 'one JSON document')
    .action((file: string, options: Common) =>
      runCommand(options, async ({ config, terminal, signal }) =>
        withStaff(config, async ({ auditStore }) => {
          const path = resolve(file);
          const head = await auditStore.head();
          await pipeline(Readable.from(exportLines(auditStore)), createWriteStream(path, { mode: 0o600 }), {
            signal,
          });
          if (options.json) terminal.json({ file: path, head });
          else terminal.data(`${path}, head ${printHead(head)}\n`);
        }),
      ),
    );
}
