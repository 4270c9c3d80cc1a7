import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { createFaults, type Faults } from '../faults/faults.ts';
import { DEMO_SHOP_FOLDER, modelsFolderOf } from './package-files.ts';

export type Log = (level: 'info' | 'warn' | 'error', message: string) => void;

export interface OpenOptions {
  log?: Log;
  signal?: AbortSignal;
  /** The present moment, for opening hours; another one in measurements. */
  now?: () => Date;
  /** True for the server: folders are watched, sites visited and upkeep done by the clock. */
  followsSources?: boolean;
  /** Shows drafts without their checks: only to measure what the checks are worth. */
  unchecked?: boolean;
  /** The shop that a demo loads; another one in measurements. */
  demoFolder?: string;
  /** Called with what is being done, for people who wait. */
  onProgress?: (message: string) => void;
}

/** What every part of the app is opened with. */
export interface Opening {
  readonly config: Config;
  /** The data folder. */
  readonly folder: string;
  readonly modelsDir: string;
  readonly demoFolder: string;
  readonly unchecked: boolean;
  readonly signal: AbortSignal | undefined;
  readonly log: Log;
  readonly now: () => Date;
  /** What works worse than it should. */
  readonly faults: Faults;
  readonly onProgress: (message: string) => void;
  /** How to close what was opened just now; the last one opened is closed first. */
  readonly onClose: (closer: () => void | Promise<void>) => void;
  /** Closes all that was opened so far. */
  readonly close: () => Promise<void>;
}

export function beginOpening(config: Config, options: OpenOptions): Opening {
  const closers: (() => void | Promise<void>)[] = [];
  const log = options.log ?? (() => undefined);
  const now = options.now ?? (() => new Date());
  return {
    config,
    folder: resolve(config.data_dir),
    modelsDir: modelsFolderOf(config),
    demoFolder: options.demoFolder ?? DEMO_SHOP_FOLDER,
    unchecked: options.unchecked ?? false,
    signal: options.signal,
    log,
    now,
    faults: createFaults({ log, now }),
    onProgress: options.onProgress ?? (() => undefined),
    onClose: (closer) => void closers.push(closer),
    close: async () => {
      for (const closer of closers.splice(0).reverse()) await closer();
    },
  };
}
