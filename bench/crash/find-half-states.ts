import type Database from 'better-sqlite3';

/** Each counts rows that no whole transaction leaves behind. Asked while no job is open and nothing is written. */
const HALF_STATES: Readonly<Record<string, string>> = {
  'chunks without a vector': `SELECT count(*) FROM chunks WHERE id NOT IN (SELECT chunk_id FROM embeddings)`,
  'chunks without a document': `SELECT count(*) FROM chunks WHERE document_id NOT IN (SELECT id FROM documents)`,
  'documents without a chunk': `SELECT count(*) FROM documents WHERE id NOT IN (SELECT document_id FROM chunks)`,
  'originals of nothing': `SELECT count(*) FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM documents)
    AND sha256 NOT IN (SELECT sha256 FROM document_versions)`,
  'items of jobs that are over, not done': `SELECT count(*) FROM job_items JOIN jobs ON jobs.id = job_id
    WHERE finished_at IS NOT NULL AND state = 'waiting'`,
  'conversations without a thread': `SELECT count(*) FROM conversations
    WHERE id NOT IN (SELECT conversation_id FROM threads)`,
  'messages without an event': `SELECT count(*) FROM messages
    WHERE id NOT IN (SELECT message_id FROM desk_events WHERE message_id IS NOT NULL)`,
  'threads whose events have gaps': `SELECT count(*) FROM (SELECT threads.id FROM threads
    LEFT JOIN desk_events ON thread_id = threads.id GROUP BY threads.id
    HAVING count(sequence) <> last_sequence OR coalesce(max(sequence), 0) <> last_sequence)`,
  'tickets without a thread': `SELECT count(*) FROM tickets WHERE merged_into IS NULL
    AND number NOT IN (SELECT ticket FROM threads WHERE ticket IS NOT NULL)`,
  'tickets of a hand-over that did not happen': `SELECT count(*) FROM tickets JOIN threads ON ticket = number
    WHERE tickets.source IN ('handover', 'form') AND NOT EXISTS
      (SELECT 1 FROM desk_events WHERE thread_id = threads.id AND desk_events.type = 'handover-start')`,
  'tickets that the search does not know': `SELECT count(*) FROM tickets
    WHERE number NOT IN (SELECT rowid FROM ticket_words)`,
  'words of tickets that are gone': `SELECT count(*) FROM ticket_words
    WHERE rowid NOT IN (SELECT number FROM tickets)`,
  'answers to nothing': `SELECT count(*) FROM messages AS one WHERE role = 'assistant' AND NOT EXISTS
    (SELECT 1 FROM messages AS other WHERE other.conversation_id = one.conversation_id AND other.sequence < one.sequence)`,
  'traces of no answer': `SELECT count(*) FROM traces WHERE message_id NOT IN (SELECT id FROM messages)`,
};

/** What SQLite and these counts find wrong, in words. */
export function findHalfStates(database: Database.Database): string[] {
  const found: string[] = [];
  for (const row of database.pragma('integrity_check(5)') as { integrity_check: string }[])
    if (row.integrity_check !== 'ok') found.push(`integrity: ${row.integrity_check}`);
  for (const row of database.pragma('foreign_key_check') as { table: string; parent: string }[])
    found.push(`a row of ${row.table} refers to nothing in ${row.parent}`);
  for (const [what, sql] of Object.entries(HALF_STATES)) {
    const rows = database.prepare(sql).pluck().get() as number;
    if (rows > 0) found.push(`${rows} ${what}`);
  }
  return found;
}
