/** What a backup needs of the stores. Folders and files are the caller's; all calls may be stopped. */
export interface BackupStores {
  /**
   * Copies the database as it is at one moment, while it is written to; nothing acknowledged before the call is
   * missing. The copy was read through before this resolves.
   * @param onProgress bytes copied, of bytes
   * @throws store_damaged when the live database is, storage_full, storage_failed, cancelled
   */
  copyDatabase(target: string, options: CopyOptions): Promise<DatabaseExamination>;
  /** Copies what sessions and customers are remembered by into a new folder. @throws storage_*, cancelled */
  copyMemory(folder: string): Promise<void>;
  close(): Promise<void>;
}

export interface CopyOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** What was found when every page and row of a database was read. */
export interface DatabaseExamination {
  /** Empty when the file is sound. */
  problems: string[];
  /** Migrations that were applied. */
  schema: number;
  /** Rows of each table, without those that SQLite keeps for itself. */
  rows: Record<string, number>;
}

/** Reads copies that nobody has open; each in a process of its own, which a damaged file may end. */
export interface BackupInspector {
  /** The newest schema that this program can open. */
  readonly newestSchema: number;
  /** @throws cancelled */
  examineDatabase(path: string, signal?: AbortSignal): Promise<DatabaseExamination>;
  /** Why this folder's LMDB file cannot be used, or null. */
  examineMemory(folder: string, signal?: AbortSignal): Promise<string | null>;
}

/** A backup by schedule, as a receipt names it. */
export interface OlderBackup {
  name: string;
  /** ISO 8601, UTC. */
  made_at: string;
  /** When it is rotated out, if all goes by the schedule; ISO 8601, UTC. Null: never by itself. */
  goes_at: string | null;
}
