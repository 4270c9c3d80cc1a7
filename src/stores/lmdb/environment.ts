import { existsSync, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { AnswerboxError } from '../../errors.ts';
import { asMemoryError } from './as-memory-error.ts';
import { copyTables } from './copy-tables.ts';
import type { Log, Table, Tables } from './environment-types.ts';
import { inspectEnvironment } from './inspect-environment.ts';
import { ENVIRONMENT } from './memory-settings.ts';
import { breakSeal, DATA_FILE, sealEnvironment, syncFolder } from './seal-environment.ts';

export interface EnvironmentOptions {
  /** Folder of this environment alone. */
  path: string;
  tables: readonly string[];
  /** True: a write is acknowledged when the disk has it. False: when it is visible; a power cut may lose it. */
  durable: boolean;
  log: Log;
  signal?: AbortSignal;
}

/** The engine must not have one file open twice in a process. */
const openPaths = new Set<string>();

/**
 * Opens or makes an environment. A damaged one is moved aside, told of, and begun anew.
 * @throws data_folder_locked when this process has it open already, storage_*, cancelled
 */
export async function openEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const { path } = options;
  if (openPaths.has(path)) throw new AnswerboxError('data_folder_locked', { path, pid: process.pid });
  openPaths.add(path);
  try {
    mkdirSync(path, { recursive: true });
    await rm(freshPathOf(path), { recursive: true, force: true });
    const reason = await damageOf(options);
    if (reason !== null) await moveAside(path, reason, options.log);
    return new Environment(options, () => openPaths.delete(path));
  } catch (error) {
    openPaths.delete(path);
    if (options.signal?.aborted) throw new AnswerboxError('cancelled', {}, error);
    throw asMemoryError(error, path);
  }
}

async function damageOf({ path, signal }: EnvironmentOptions): Promise<string | null> {
  const seal = await breakSeal(path);
  if (seal === 'whole' || !existsSync(join(path, DATA_FILE))) return null;
  return seal === 'changed'
    ? 'its checksum is not the one of when it was closed'
    : await inspectEnvironment(path, signal);
}

async function moveAside(path: string, reason: string, log: Log): Promise<void> {
  const aside = `${path}-damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  await rename(path, aside);
  mkdirSync(path, { recursive: true });
  log('error', `The store at ${path} is damaged (${reason}). It was moved to ${aside}; a new one is begun.`);
}

const freshPathOf = (path: string): string => `${path}-new`;

/** An open LMDB environment whose file can be written anew while it is in use. */
export class Environment {
  private readonly options: EnvironmentOptions;
  private readonly onClose: () => void;
  private root: RootDatabase<Buffer, Buffer> | null;
  private readonly tables = new Map<string, Table>();
  private readonly running = new Set<Promise<unknown>>();
  private rewriting: Promise<void> | null = null;
  private nextRewrite: Promise<void> | null = null;

  constructor(options: EnvironmentOptions, onClose: () => void) {
    this.options = options;
    this.onClose = onClose;
    this.root = this.openTables(options.path, this.tables);
  }

  /** Runs with the tables; waits while the file is written anew. @throws storage_* */
  async use<Result>(work: (tables: Tables) => Result | Promise<Result>): Promise<Result> {
    while (this.rewriting) await this.rewriting;
    const { path } = this.options;
    if (this.root === null) throw new AnswerboxError('storage_failed', { path, reason: 'it is closed' });
    const result = (async () => work((name) => tableNamed(this.tables, name)))();
    this.running.add(result);
    try {
      return await result;
    } catch (error) {
      throw asMemoryError(error, path);
    } finally {
      this.running.delete(result);
    }
  }

  /**
   * Writes what is alive into a new file and puts it in the place of the old one, in whose free pages the bytes
   * of what was removed stay until they are used again. Calls that wait share one run. @throws storage_*
   */
  rewrite(): Promise<void> {
    this.nextRewrite ??= this.rewriteNext();
    return this.nextRewrite;
  }

  /** Writes what is alive into a new environment in another folder, as it is at one moment. @throws storage_* */
  async copyInto(folder: string): Promise<void> {
    await this.exclusively(async () => {
      mkdirSync(folder, { recursive: true });
      await this.copyTo(folder);
    });
  }

  async close(): Promise<void> {
    while (this.rewriting) await this.rewriting;
    const { root } = this;
    if (root === null) return;
    this.root = null;
    await Promise.allSettled(this.running);
    await root.close();
    await sealEnvironment(this.options.path);
    this.onClose();
  }

  private async rewriteNext(): Promise<void> {
    // At least one turn later, so that `nextRewrite` is set when it is taken back.
    do await this.rewriting;
    while (this.rewriting);
    this.nextRewrite = null;
    return this.hold(() => this.replaceFile());
  }

  private async exclusively(work: () => Promise<void>): Promise<void> {
    while (this.rewriting) await this.rewriting;
    return this.hold(work);
  }

  /** Lets what runs end and what comes wait, while this is done. */
  private hold(work: () => Promise<void>): Promise<void> {
    const outcome = Promise.allSettled(this.running).then(async () => {
      if (this.root !== null) await work();
    });
    this.rewriting = outcome.then(
      () => void (this.rewriting = null),
      () => void (this.rewriting = null),
    );
    return outcome;
  }

  private async replaceFile(): Promise<void> {
    const { path } = this.options;
    const fresh = freshPathOf(path);
    if (this.root === null) return;
    try {
      await this.copyTo(fresh);
      await this.root.close();
      try {
        await rename(join(fresh, DATA_FILE), join(path, DATA_FILE));
        await syncFolder(path);
      } finally {
        this.root = null;
        this.root = this.openTables(path, this.tables);
      }
    } catch (error) {
      throw asMemoryError(error, path);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  private async copyTo(fresh: string): Promise<void> {
    const copies = new Map<string, Table>();
    const root = this.openTables(fresh, copies);
    try {
      await copyTables(this.tables, copies);
    } finally {
      await root.close();
    }
  }

  private openTables(path: string, tables: Map<string, Table>): RootDatabase<Buffer, Buffer> {
    const root = open<Buffer, Buffer>({
      path,
      // Else a folder with a dot in its name is taken for the file itself.
      noSubdir: false,
      encoding: 'binary',
      maxDbs: 32,
      mapSize: ENVIRONMENT.mapBytes,
      // Without it a commit is on the disk before it is told of; with it, visible first and on the disk soon.
      overlappingSync: !this.options.durable,
    });
    for (const name of this.options.tables)
      tables.set(name, root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary' }));
    return root;
  }
}

function tableNamed(tables: ReadonlyMap<string, Table>, name: string): Table {
  const table = tables.get(name);
  if (table === undefined) throw new TypeError(`The environment has no table "${name}".`);
  return table;
}
