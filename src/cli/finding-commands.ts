import type { Command } from 'commander';
import { withBackend } from './with-backend.ts';

/** `knowledge dismiss`, `restore`: what the buttons beside a finding do. */
export function addFindingCommands(knowledge: Command): void {
  for (const [name, dismissed, about] of [
    ['dismiss', true, 'Leaves a finding out of the reports until one of the documents behind it changes.'],
    ['restore', false, 'Takes a dismissal back.'],
  ] as const) {
    knowledge
      .command(name)
      .description(about)
      .argument('<finding>', 'its id, from "knowledge health --last"')
      .option('--json', 'one JSON document')
      .action((id: string, options: { json?: boolean }) =>
        withBackend(options, async (backend, { terminal }) => {
          await backend.call('PUT', `/api/v1/knowledge/findings/${encodeURIComponent(id)}`, { dismissed });
          if (options.json) terminal.json({ id, dismissed });
          else terminal.data(dismissed ? 'dismissed\n' : 'it is back\n');
        }),
      );
  }
}
