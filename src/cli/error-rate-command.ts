import { InvalidArgumentError, type Command } from 'commander';
import type { Static } from '@sinclair/typebox';
import type { ERROR_RATE } from '../api/schemas/owner-schema.ts';
import { withBackend } from './with-backend.ts';

/** `error-rate`: how often answers may be wrong, in force from the next question on. */
export function addErrorRateCommand(program: Command): void {
  program
    .command('error-rate')
    .description('How often answers may be wrong; "eval preview" shows what each rate does.')
    .argument('[rate]', 'as 0.02, or "configuration" to go back to what the configuration says', readRate)
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox error-rate\n  answerbox error-rate 0.02\n')
    .action((rate: number | null | undefined, options: { json?: boolean }) =>
      withBackend(options, async (backend, { terminal }) => {
        const path = '/api/v1/settings';
        type State = { error_rate: Static<typeof ERROR_RATE> };
        const { error_rate: inForce } =
          rate === undefined
            ? await backend.call<State>('GET', path)
            : rate === null
              ? await backend.call<State>('DELETE', `${path}/error-rate`)
              : await backend.call<State>('PUT', `${path}/error-rate`, { rate });
        if (options.json) terminal.json(inForce);
        else terminal.data(`${inForce.rate === 0 ? 'as fitted' : inForce.rate} (${inForce.from})\n`);
      }),
    );
}

function readRate(text: string): number | null {
  if (text === 'configuration') return null;
  const rate = Number(text);
  if (text.trim() === '' || !(rate >= 0 && rate <= 0.5))
    throw new InvalidArgumentError('It is a number from 0 to 0.5, or "configuration".');
  return rate;
}
