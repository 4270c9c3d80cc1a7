export type SqlRow = Record<string, unknown>;

/** One query at a time goes to a process that asks an SQLite file, which answers once. */
export interface SqlOrder {
  id: number;
  key: string;
  /** Device and number of the file as it is now: another one is opened anew. */
  identity: string;
}

/** Id of the message that the process takes queries now. */
export const READY = 0;

export type FromSql =
  | { id: typeof READY }
  | { id: number; row: SqlRow | undefined }
  | {
      id: number;
      failure: {
        message: string;
        /** SQLite's own, such as SQLITE_BUSY; null for another failure. */
        code: string | null;
        /** The query or the file cannot be used as they are. */
        isFault: boolean;
      };
    };
