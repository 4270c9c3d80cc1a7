import type Database from 'better-sqlite3';
import { extraIndexWords } from '../../text/segment-words.ts';

/**
 * The keyword table gets a third column, `index_words`: words of runs without spaces and folded spellings
 * ({@link extraIndexWords}), kept in `chunks` since FTS5's external content reads it back on deletion. It
 * is '' for nearly all text in Latin letters, whose ranking stays as it was. Vowel signs and tone marks
 * (Mn, Mc) belong to words now, or Thai and Hindi words would fall apart; the emoji selector does not.
 */
const TABLES = `
  ALTER TABLE chunks ADD COLUMN index_words TEXT NOT NULL DEFAULT '';
  DROP TRIGGER chunks_added;
  DROP TRIGGER chunks_removed;
  DROP TABLE chunk_vocabulary;
  DROP TABLE chunk_words;`;
const INDEX = `
  CREATE VIRTUAL TABLE chunk_words USING fts5(
    heading_path, text, index_words, content='chunks', content_rowid='id',
    tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc' separators '\ufe0f'"
  );
  INSERT INTO chunk_words(chunk_words, rank) VALUES ('secure-delete', 1);
  INSERT INTO chunk_words(chunk_words) VALUES ('rebuild');
  CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab('chunk_words', 'row');
  CREATE TRIGGER chunks_added AFTER INSERT ON chunks BEGIN
    INSERT INTO chunk_words(rowid, heading_path, text, index_words)
    VALUES (new.id, new.heading_path, new.text, new.index_words);
  END;
  CREATE TRIGGER chunks_removed AFTER DELETE ON chunks BEGIN
    INSERT INTO chunk_words(chunk_words, rowid, heading_path, text, index_words)
    VALUES ('delete', old.id, old.heading_path, old.text, old.index_words);
  END;`;

/** Gives the chunks of an older database their words and builds the keyword index anew, once. */
export function addIndexWords(database: Database.Database): void {
  database.exec(TABLES);
  const next = database.prepare(
    'SELECT id, heading_path AS headingPath, text FROM chunks WHERE id > ? ORDER BY id LIMIT 1000',
  );
  const update = database.prepare('UPDATE chunks SET index_words = ? WHERE id = ?');
  // In pages: a statement that is still being read from would forbid the update.
  let last = 0;
  for (;;) {
    const rows = next.all(last) as { id: number; headingPath: string; text: string }[];
    for (const { id, headingPath, text } of rows) {
      const words = indexWordsOfChunk(headingPath, text);
      if (words !== '') update.run(words, id);
      last = id;
    }
    if (rows.length === 0) break;
  }
  database.exec(INDEX);
}

export function indexWordsOfChunk(headingPath: string, text: string): string {
  return extraIndexWords(`${headingPath}\n${text}`);
}
