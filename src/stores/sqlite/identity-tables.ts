/** Accounts of identity providers by which users sign in, and how each session was begun. */
export const IDENTITY_TABLES = `
  CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL UNIQUE REFERENCES users(id) ON DELETE CASCADE,
    bound_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
  ) WITHOUT ROWID;
  ALTER TABLE sign_ins ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
`;
