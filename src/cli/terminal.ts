/** Data goes to stdout, all talk to stderr; nothing moves or glows without a terminal. */

export interface Terminal {
  /** The data that was asked for. */
  data(text: string): void;
  json(value: unknown): void;
  /** Talk: progress, notes. Silent with --json. */
  note(text: string): void;
  /** One line that is written over; on a terminal only. */
  progress(text: string): void;
  clearProgress(): void;
}

/** `plain`: the user asked for no moving output (NO_COLOR, TERM=dumb). */
export function createTerminal({ quiet, plain }: { quiet: boolean; plain: boolean }): Terminal {
  const moving = process.stderr.isTTY && !plain;
  let shown = false;
  const terminal: Terminal = {
    data: (text) => void process.stdout.write(text),
    json: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => {
      terminal.clearProgress();
      if (!quiet) process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (quiet || !moving) return;
      process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    clearProgress: () => {
      if (shown) process.stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
  return terminal;
}
