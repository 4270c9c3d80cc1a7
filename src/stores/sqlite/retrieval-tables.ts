/** What is kept from being retrieved: rows of a document, and of its passages by the hash of their words. */
export const DISABLED_TABLES = `
  CREATE TABLE disabled_documents (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, disabled_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE disabled_passages (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    content_hash TEXT NOT NULL, disabled_at TEXT NOT NULL,
    PRIMARY KEY (document_id, content_hash)
  ) WITHOUT ROWID;`;

/** Derived: made again from the documents where it is missing, or older than its document (about_at). */
export const SUMMARY_TABLES = `
  CREATE TABLE document_summaries (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    about_at TEXT NOT NULL, text TEXT NOT NULL, embedder TEXT NOT NULL, vector BLOB NOT NULL
  ) WITHOUT ROWID;`;

/** Derived likewise, by the model of pictures that is installed; a document without pictures has a row all the same. */
export const PICTURE_TABLES = `
  CREATE TABLE pictured_documents (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    about_at TEXT NOT NULL, model TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE picture_vectors (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    place INTEGER NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (document_id, place)
  ) WITHOUT ROWID;`;
