import { logError, maskLog } from './mask-log.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info';

/** How loud each level is; a line quieter than the setting is left out. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** The log of what runs beside requests: a line each, through the same mask. */
export function createTextLog(
  level: string,
  write: (line: string) => void,
): (level: LogLevel, message: string) => void {
  return (of, message) => {
    if (LEVELS.indexOf(of) >= LEVELS.indexOf(level)) write(`${of}: ${maskLog(message)}\n`);
  };
}

/** A failure that nobody caught, in full, as a log may hold it. */
export function describeCrash(error: unknown): string {
  return JSON.stringify(logError(error));
}

/** 'state: ready, restart_ms: 1000' */
export function describeFields(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}
