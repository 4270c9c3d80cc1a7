import type Database from 'better-sqlite3';
import { addIndexWords } from './index-words.ts';
import { DESK_TABLES } from './desk-tables.ts';
import { STAFF_TABLES } from './staff-tables.ts';

/** SQL, or a step that needs more than SQL; all run in one transaction. */
export type Migration = string | ((database: Database.Database) => void);

/**
 * Schema changes in order; `user_version` counts those applied. Never edit one that was released: add one.
 *
 * Chunk ids are AUTOINCREMENT, so an id is never used again and a derived index can follow by ids alone.
 * The keyword table keeps no text of its own (external content); triggers keep it equal to `chunks`.
 */
export const MIGRATIONS: readonly Migration[] = [
  `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  INSERT INTO settings VALUES ('generation', '0');

  CREATE TABLE originals (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);

  CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    url TEXT,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals(sha256),
    text TEXT NOT NULL,
    collection TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE INDEX documents_collection ON documents(collection);
  CREATE INDEX documents_sha256 ON documents(sha256);

  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    heading_path TEXT NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    UNIQUE (document_id, ordinal)
  );

  CREATE TABLE embeddings (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks(id) ON DELETE CASCADE,
    embedder TEXT NOT NULL,
    vector BLOB NOT NULL
  );

  CREATE VIRTUAL TABLE chunk_words USING fts5(
    heading_path, text, content='chunks', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
  );
  INSERT INTO chunk_words(chunk_words, rank) VALUES ('secure-delete', 1);
  CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab('chunk_words', 'row');
  CREATE TRIGGER chunks_added AFTER INSERT ON chunks BEGIN
    INSERT INTO chunk_words(rowid, heading_path, text) VALUES (new.id, new.heading_path, new.text);
  END;
  CREATE TRIGGER chunks_removed AFTER DELETE ON chunks BEGIN
    INSERT INTO chunk_words(chunk_words, rowid, heading_path, text)
    VALUES ('delete', old.id, old.heading_path, old.text);
  END;

  CREATE TABLE conversations (id TEXT PRIMARY KEY, metadata TEXT NOT NULL, created_at TEXT NOT NULL);
  CREATE TABLE messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    answer TEXT,
    created_at TEXT NOT NULL
  );
  CREATE INDEX messages_conversation ON messages(conversation_id, sequence);
  CREATE TABLE feedback (
    message_id TEXT PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    rating INTEGER NOT NULL, comment TEXT, created_at TEXT NOT NULL
  );
  CREATE TABLE stored_answers (
    question_key TEXT PRIMARY KEY, generation INTEGER NOT NULL, answer TEXT NOT NULL, created_at TEXT NOT NULL
  );

  CREATE TABLE jobs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, cancelled INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, finished_at TEXT
  );
  CREATE TABLE job_items (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    source TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB, media_type TEXT, title TEXT, url TEXT,
    state TEXT NOT NULL DEFAULT 'queued', document_id TEXT, code TEXT, message TEXT,
    PRIMARY KEY (job_id, ordinal)
  );
  CREATE INDEX job_items_queued ON job_items(state, job_id) WHERE state = 'queued';

  CREATE TABLE keys (
    name TEXT PRIMARY KEY, hash BLOB NOT NULL, created_at TEXT NOT NULL
  );
  `,
  `
  -- WITHOUT ROWID: one tree less to fill while an import of 100,000 rows holds the event loop.
  CREATE TABLE products (
    -- The code without case, spaces and hyphens.
    key TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    category TEXT NOT NULL,
    brand TEXT NOT NULL,
    description TEXT NOT NULL,
    url TEXT,
    -- A JSON object, its names sorted.
    attributes TEXT NOT NULL,
    price_minor INTEGER,
    price_currency TEXT,
    stock INTEGER,
    delivery_days INTEGER,
    updated_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX products_family ON products(family);

  CREATE TABLE orders (
    -- The number without case, spaces and hyphens.
    key TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL,
    -- A JSON list.
    items TEXT NOT NULL,
    total_minor INTEGER,
    total_currency TEXT,
    placed_at TEXT NOT NULL,
    shipped_at TEXT,
    expected_at TEXT,
    carrier TEXT,
    tracking TEXT,
    updated_at TEXT NOT NULL
  ) WITHOUT ROWID;

  -- Rows are counted here, as counting 100,000 of them at every question would take milliseconds.
  -- refreshed_at: when an import last named every row, so that one that did not change need not be written.
  CREATE TABLE imported_tables (
    name TEXT PRIMARY KEY,
    row_count INTEGER NOT NULL,
    version INTEGER NOT NULL,
    refreshed_at TEXT NOT NULL
  ) WITHOUT ROWID;
  INSERT INTO imported_tables VALUES ('products', 0, 0, ''), ('orders', 0, 0, '');
  `,
  // Failed proofs of order ownership; keys are hashes, last_at is in milliseconds since 1970.
  `
  CREATE TABLE proof_attempts (
    key TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX proof_attempts_last_at ON proof_attempts(last_at);
  `,
  // Words of scripts without spaces, so that Chinese, Japanese and Thai are found; fills the index anew.
  addIndexWords,
  `
  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT,
    detail TEXT NOT NULL, hash TEXT NOT NULL
  );
  CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'lines of the audit are never changed');
  END;
  CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'lines of the audit are never removed');
  END;
  `,
  STAFF_TABLES,
  DESK_TABLES,
];
