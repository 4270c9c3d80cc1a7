/** Conversations from which personal data was taken out because of their age. */
export const PRIVACY_TABLES = `
  CREATE TABLE anonymised (
    conversation_id TEXT PRIMARY KEY REFERENCES conversations(id) ON DELETE CASCADE,
    at TEXT NOT NULL
  ) WITHOUT ROWID;
`;
