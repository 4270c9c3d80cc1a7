/** Ids of the keys that some value was sealed with: a start without one of them is refused. */
export const SEALED_TABLES = `
  CREATE TABLE encryption_keys (id TEXT PRIMARY KEY, first_used_at TEXT NOT NULL) WITHOUT ROWID;
`;
