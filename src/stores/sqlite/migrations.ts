import type Database from 'better-sqlite3';
import { ACCOUNT_TABLES } from './account-tables.ts';
import { AUDIT_ANCHORS } from './audit-tables.ts';
import { CLOCK_COLUMNS } from './clock-columns.ts';
import { addContentHashes } from './content-hashes.ts';
import { indexTicketsAnew } from './index-tickets-anew.ts';
import { addIndexWords } from './index-words.ts';
import { CUSTOMER_SEEN } from './customer-tables.ts';
import { DESK_TABLES } from './desk-tables.ts';
import { NEXT_TABLES } from './next-tables.ts';
import { IDENTITY_TABLES } from './identity-tables.ts';
import { PRIVACY_TABLES } from './privacy-tables.ts';
import { SENTENCE_TABLES } from './sentence-tables.ts';
import { REMOVED_MARKS_TABLE } from './removed-marks.ts';
import { DISABLED_TABLES, PICTURE_TABLES, SUMMARY_TABLES } from './retrieval-tables.ts';
import { SEALED_TABLES } from './sealed-tables.ts';
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
  // Scope of a document: what it is about, for whom, and when. The index answers filters without the texts.
  `
  ALTER TABLE documents ADD COLUMN category TEXT;
  ALTER TABLE documents ADD COLUMN language TEXT;
  ALTER TABLE documents ADD COLUMN audience TEXT NOT NULL DEFAULT 'public';
  ALTER TABLE documents ADD COLUMN valid_from TEXT;
  ALTER TABLE documents ADD COLUMN valid_until TEXT;
  -- A JSON object: what was given with the document, not read from it.
  ALTER TABLE documents ADD COLUMN given_scope TEXT NOT NULL DEFAULT '{}';
  CREATE INDEX documents_scope ON documents(audience, category, language, valid_from, valid_until, id);
  ALTER TABLE job_items ADD COLUMN scope TEXT NOT NULL DEFAULT '{}';
  `,
  // Answers are kept in LMDB, by the versions of all that they rest on.
  'DROP TABLE stored_answers',
  // Jobs that can be paused and retried, whose items are bytes, paths or addresses.
  `
  ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT 'upload';
  ALTER TABLE jobs ADD COLUMN title TEXT NOT NULL DEFAULT '';
  ALTER TABLE jobs ADD COLUMN source_id TEXT;
  ALTER TABLE jobs ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN started_at TEXT;
  DROP INDEX job_items_queued;
  ALTER TABLE job_items ADD COLUMN path TEXT;
  ALTER TABLE job_items ADD COLUMN action TEXT NOT NULL DEFAULT 'read';
  ALTER TABLE job_items ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE job_items ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE job_items ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE job_items ADD COLUMN chunks_embedded INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE job_items ADD COLUMN chunks_kept INTEGER NOT NULL DEFAULT 0;
  -- From 1 within the job, in the order in which items ended: a reader goes on after the last it saw.
  ALTER TABLE job_items ADD COLUMN finished_sequence INTEGER;
  UPDATE job_items SET state = 'waiting' WHERE state = 'queued';
  UPDATE job_items SET size = coalesce(length(bytes), 0);
  UPDATE job_items SET finished_sequence = ordinal + 1 WHERE state <> 'waiting';
  CREATE INDEX job_items_waiting ON job_items(job_id, ordinal) WHERE state = 'waiting';
  CREATE INDEX job_items_path ON job_items(path) WHERE state = 'waiting' AND path IS NOT NULL;
  CREATE INDEX job_items_finished ON job_items(job_id, finished_sequence);
  CREATE INDEX job_items_source ON job_items(job_id, source);
  CREATE INDEX jobs_open ON jobs(sequence) WHERE finished_at IS NULL;
  `,
  addContentHashes,
  // What documents were before, where they come from, and what was found there.
  `
  CREATE TABLE document_versions (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT, media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals(sha256),
    since TEXT NOT NULL, until TEXT NOT NULL,
    PRIMARY KEY (document_id, version)
  ) WITHOUT ROWID;
  CREATE INDEX document_versions_sha256 ON document_versions(sha256);
  -- While the document has the bytes restored_sha256, those of held_sha256 at its source are known.
  CREATE TABLE held_sources (
    source TEXT PRIMARY KEY, held_sha256 TEXT NOT NULL, restored_sha256 TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE knowledge_sources (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, address TEXT NOT NULL UNIQUE,
    -- A JSON object.
    settings TEXT NOT NULL,
    every_hours REAL, created_at TEXT NOT NULL, last_job_id TEXT, started_at TEXT, finished_at TEXT, next_at TEXT
  ) WITHOUT ROWID;
  CREATE TABLE source_pages (
    source_id TEXT NOT NULL REFERENCES knowledge_sources(id) ON DELETE CASCADE,
    url TEXT NOT NULL, document_source TEXT, etag TEXT, last_modified TEXT,
    -- A JSON list.
    links TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    PRIMARY KEY (source_id, url)
  ) WITHOUT ROWID;
  `,
  // The health of the knowledge: which passages are found, what is asked in vain, what must be found from now on.
  `
  CREATE TABLE retrieved_chunks (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks(id) ON DELETE CASCADE, times INTEGER NOT NULL
  );
  CREATE TABLE knowledge_gaps (
    id TEXT PRIMARY KEY, question TEXT NOT NULL,
    -- JSON lists.
    questions TEXT NOT NULL, asked INTEGER NOT NULL, passages TEXT NOT NULL,
    draft TEXT NOT NULL, status TEXT NOT NULL, updated_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE regression_questions (
    question TEXT PRIMARY KEY, source TEXT NOT NULL, created_at TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  // Vectors of a new embedder until all are there.
  `
  CREATE TABLE next_embeddings (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks(id) ON DELETE CASCADE,
    embedder TEXT NOT NULL,
    vector BLOB NOT NULL
  );
  `,
  // How answers came about: deflated JSON, gone with its message. bytes: of the deflated text.
  `
  CREATE TABLE traces (
    message_id TEXT PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    created_at TEXT NOT NULL, bytes INTEGER NOT NULL, trace BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX traces_created_at ON traces(created_at, message_id, bytes);
  `,
  // What the customer found wrong with an answer.
  `ALTER TABLE feedback ADD COLUMN category TEXT;`,
  // JSON lists, '' for none: pages as [{page, start}], what could not be read as [{source, code, message}].
  `
  ALTER TABLE chunks ADD COLUMN pages TEXT NOT NULL DEFAULT '';
  ALTER TABLE documents ADD COLUMN problems TEXT NOT NULL DEFAULT '';
  `,
  STAFF_TABLES,
  DESK_TABLES,
  // Files in conversations; each has an event of its id.
  `
  CREATE TABLE attachments (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    name TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER NOT NULL, sender TEXT NOT NULL,
    content BLOB NOT NULL, created_at TEXT NOT NULL
  );
  CREATE INDEX attachments_conversation ON attachments(conversation_id, sequence);
  `,
  AUDIT_ANCHORS,
  ACCOUNT_TABLES,
  PRIVACY_TABLES,
  SENTENCE_TABLES,
  NEXT_TABLES,
  // What staff think of suggested replies, and what they made of them: a gap whose article is their own words.
  `
  CREATE TABLE draft_ratings (
    thread_id TEXT NOT NULL REFERENCES threads(id) ON DELETE CASCADE, user_id TEXT NOT NULL,
    rating INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (thread_id, user_id)
  ) WITHOUT ROWID;
  CREATE INDEX draft_ratings_at ON draft_ratings(at);
  ALTER TABLE knowledge_gaps ADD COLUMN message_id TEXT REFERENCES messages(id) ON DELETE CASCADE;
  CREATE INDEX knowledge_gaps_message ON knowledge_gaps(message_id) WHERE message_id IS NOT NULL;
  -- The inbox's counts and the search of threads without a ticket are answered from indexes alone.
  CREATE INDEX threads_with_staff ON threads(state, assignee_id, ticket, last_customer_sequence, staff_read)
    WHERE state IN ('waiting', 'person');
  CREATE INDEX threads_untaken ON threads(updated_at, subject) WHERE ticket IS NULL;
  -- What an answer cost, to be summed up without unpacking its trace; null for those of before.
  ALTER TABLE traces ADD COLUMN compute_seconds REAL;
  `,
  DISABLED_TABLES,
  SUMMARY_TABLES,
  PICTURE_TABLES,
  IDENTITY_TABLES,
  SEALED_TABLES,
  // Requests a minute of a key; null: what the setting says.
  `ALTER TABLE api_keys ADD COLUMN requests_per_minute INTEGER;`,
  // Findings of the documents' health that were let be; documents: a JSON object of ids and when each changed last.
  `
  CREATE TABLE dismissed_findings (
    id TEXT PRIMARY KEY, documents TEXT NOT NULL, dismissed_at TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  // Who looks after a document, as it was given or as its front matter says.
  `
  ALTER TABLE documents ADD COLUMN owner TEXT;
  UPDATE documents SET owner = given_scope ->> '$.owner' WHERE given_scope ->> '$.owner' IS NOT NULL;
  `,
  CLOCK_COLUMNS,
  // Tickets are found by their number, and by any part of Chinese and Japanese words.
  indexTicketsAnew,
  REMOVED_MARKS_TABLE,
  // The bytes that an item was made to take the place of; NULL: whatever is there.
  `ALTER TABLE job_items ADD COLUMN expected_sha256 TEXT;`,
  // Hash of the title and text that held_sha256 was read as; NULL: not known.
  `ALTER TABLE held_sources ADD COLUMN held_text TEXT;`,
  // Addresses that a job found and had no room for.
  `
  CREATE TABLE job_left_out (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE, source TEXT NOT NULL, PRIMARY KEY (job_id, source)
  ) WITHOUT ROWID;
  `,
  CUSTOMER_SEEN,
];
