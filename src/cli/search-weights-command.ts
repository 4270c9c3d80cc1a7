import { InvalidArgumentError, type Command } from 'commander';
import type { Static } from '@sinclair/typebox';
import type { SEARCH_WEIGHTS, SEARCH_WEIGHTS_STATE } from '../api/schemas/owner-schema.ts';
import { withBackend } from './with-backend.ts';

type Weights = Static<typeof SEARCH_WEIGHTS>;
/** Null for the defaults; nothing where nothing is to be set. Names and ranges are checked where they are set. */
type Wanted = Record<string, number> | null | undefined;

/** `search-weights`: what the search weighs by, in force from the next question on. */
export function addSearchWeightsCommand(program: Command): void {
  program
    .command('search-weights')
    .description('What the search weighs by; "eval retrieval" measures it on your own questions.')
    .argument('[weights...]', 'as candidates=60 keyword_weight=0.3, or "defaults"', readWeight)
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox search-weights\n  answerbox search-weights keyword_weight=0.3\n  answerbox search-weights defaults\n',
    )
    .action((wanted: Wanted, options: { json?: boolean }) =>
      withBackend(options, async (backend, { terminal }) => {
        const path = '/api/v1/settings/search';
        type State = Static<typeof SEARCH_WEIGHTS_STATE>;
        const state =
          wanted === null
            ? await backend.call<State>('DELETE', path)
            : wanted && Object.keys(wanted).length > 0
              ? await backend.call<State>('PUT', path, wanted)
              : await backend.call<State>('GET', path);
        if (options.json) terminal.json(state);
        else terminal.data(describe(state));
      }),
    );
}

function describe({ in_force: inForce, defaults }: Static<typeof SEARCH_WEIGHTS_STATE>): string {
  const names = Object.keys(defaults) as (keyof Weights)[];
  return names
    .map(
      (name) => `${name} ${inForce[name]}${inForce[name] === defaults[name] ? '' : ` (${defaults[name]})`}\n`,
    )
    .join('');
}

function readWeight(text: string, before: Wanted): Wanted {
  if (text === 'defaults') return null;
  const [name = '', value = ''] = text.split('=');
  if (name === '' || value.trim() === '' || !Number.isFinite(Number(value)))
    throw new InvalidArgumentError('It is of the form candidates=60, or "defaults".');
  return { ...before, [name]: Number(value) };
}
