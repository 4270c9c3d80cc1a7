import type Database from 'better-sqlite3';
import { passageHash } from '../../text/passage-hash.ts';

/** Gives every chunk the hash of what the models see of it, so that unchanged passages keep their vectors. */
export function addContentHashes(database: Database.Database): void {
  database.exec(`ALTER TABLE chunks ADD COLUMN content_hash TEXT NOT NULL DEFAULT ''`);
  const next = database.prepare(
    'SELECT id, heading_path AS headingPath, text FROM chunks WHERE id > ? ORDER BY id LIMIT 1000',
  );
  const update = database.prepare('UPDATE chunks SET content_hash = ? WHERE id = ?');
  // In pages: a statement that is still being read from would forbid the update.
  let last = 0;
  for (;;) {
    const rows = next.all(last) as { id: number; headingPath: string; text: string }[];
    for (const row of rows) {
      update.run(passageHash(row), row.id);
      last = row.id;
    }
    if (rows.length === 0) break;
  }
  database.exec('CREATE INDEX chunks_content_hash ON chunks(content_hash)');
}
