/** The second factor of users, codes for when it is lost, and roles of the owner's own. */
export const ACCOUNT_TABLES = `
  CREATE TABLE second_factors (
    user_id TEXT PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    -- NULL until the first code was right.
    confirmed_at TEXT,
    -- Number of the last period of 30 seconds whose code was used: none is good twice.
    last_step INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL,
    PRIMARY KEY (user_id, code_hash)
  ) WITHOUT ROWID;
  CREATE TABLE roles (
    name TEXT PRIMARY KEY,
    -- A JSON list.
    permissions TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) WITHOUT ROWID;
  ALTER TABLE users ADD COLUMN custom_role TEXT REFERENCES roles(name);
`;
