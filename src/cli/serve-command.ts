import type { Command } from 'commander';
import { runServer } from '../main.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Run the server until Ctrl-C.')
    .addHelpText('before', 'Examples:\n  answerbox serve\n  ANSWERBOX_PORT=9000 answerbox serve\n')
    .action(() => runServer());
}
