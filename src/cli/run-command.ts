import { loadConfig, type LoadedConfig } from '../config.ts';
import { createTerminal, type Terminal } from './terminal.ts';

export interface CommandContext extends LoadedConfig {
  terminal: Terminal;
  /** Raised by Ctrl-C or SIGTERM; a second Ctrl-C ends the process at once. */
  signal: AbortSignal;
}

/** Gives a command its settings, its terminal and its end; the server has an end of its own. */
export async function runCommand(
  options: { json?: boolean },
  work: (context: CommandContext) => Promise<void>,
): Promise<void> {
  const loaded = loadConfig();
  const terminal = createTerminal({ quiet: options.json === true, plain: loaded.plainOutput });
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    await work({ ...loaded, terminal, signal: controller.signal });
  } finally {
    terminal.clearProgress();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
