import { openBackend, type Backend } from './backend.ts';
import { runCommand, type CommandContext } from './run-command.ts';

/** Gives a command the running server of its data folder, or the folder itself, and closes it at the end. */
export function withBackend(
  options: { json?: boolean },
  work: (backend: Backend, context: CommandContext) => Promise<void>,
): Promise<void> {
  return runCommand(options, async (context) => {
    const { config, terminal, signal } = context;
    const backend = await openBackend(config, {
      signal,
      onProgress: (step) => terminal.progress(`${step} …`),
    });
    try {
      await work(backend, context);
    } finally {
      await backend.close();
    }
  });
}
