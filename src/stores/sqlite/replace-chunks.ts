import { passageHash } from '../../text/passage-hash.ts';
import type { NewDocument } from '../contracts.ts';
import { indexWordsOfChunk } from './index-words.ts';
import type { SqliteDatabase } from './open-database.ts';
import { bytesOfVector } from './vector-bytes.ts';

type NewChunk = NewDocument['chunks'][number];

/** What a chunk's row says besides its words; written alike to new rows and to those that are kept. */
const PLACE = ['ordinal', 'start', 'end', 'tokens'] as const;

/**
 * Brings the chunks of a document to those of the entry. A passage whose words did not change keeps its row,
 * and so its id, its vector, and its place in the derived indexes.
 */
export function replaceChunks(
  database: SqliteDatabase,
  documentId: string,
  entry: NewDocument,
): { added: number[]; removed: number[] } {
  const spare = spareRows(database, documentId, entry.embedder);
  const hashes = entry.chunks.map(passageHash);
  const keptIds = hashes.map((hash) => spare.get(hash)?.shift());
  const kept = new Set(keptIds);
  const removed = chunkIdsOf(database, documentId).filter((id) => !kept.has(id));
  const remove = database.prepare('DELETE FROM chunks WHERE id = ?');
  for (const id of removed) remove.run(id);
  // Out of the way, since an ordinal stands once in a document.
  database.prepare('UPDATE chunks SET ordinal = -1 - ordinal WHERE document_id = ?').run(documentId);
  const added: number[] = [];
  const place = database.prepare(
    `UPDATE chunks SET ${PLACE.map((name) => `"${name}" = @${name}`).join(', ')} WHERE id = @id`,
  );
  const insert = chunkInserter(database, documentId, entry);
  for (const [index, chunk] of entry.chunks.entries()) {
    const id = keptIds[index];
    if (id === undefined) added.push(insert(chunk, hashes[index]!, entry.embeddings[index]));
    else place.run({ ...placeOf(chunk), id });
  }
  return { added, removed };
}

function chunkInserter(database: SqliteDatabase, documentId: string, entry: NewDocument) {
  const insert = database.prepare(
    `INSERT INTO chunks (document_id, heading_path, text, index_words, content_hash, ${PLACE.map((name) => `"${name}"`).join(', ')})
     VALUES (@documentId, @headingPath, @text, @words, @hash, ${PLACE.map((name) => `@${name}`).join(', ')})`,
  );
  const embed = database.prepare('INSERT INTO embeddings VALUES (?, ?, ?)');
  return (chunk: NewChunk, hash: string, vector: Float32Array | undefined): number => {
    if (!vector) throw new Error(`chunk ${chunk.ordinal} came without its embedding`);
    const { headingPath, text } = chunk;
    const words = indexWordsOfChunk(headingPath, text);
    const row = insert.run({ ...placeOf(chunk), documentId, headingPath, text, words, hash });
    embed.run(row.lastInsertRowid, entry.embedder, bytesOfVector(vector));
    return Number(row.lastInsertRowid);
  };
}

function placeOf(chunk: NewChunk): Record<(typeof PLACE)[number], number> {
  const { ordinal, start, end, tokens } = chunk;
  return { ordinal, start, end, tokens };
}

/** Ids of the document's rows by content hash, in order, as far as this embedder made their vectors. */
function spareRows(database: SqliteDatabase, documentId: string, embedder: string): Map<string, number[]> {
  const rows = database
    .prepare(
      `SELECT id, content_hash AS hash FROM chunks JOIN embeddings ON chunk_id = id
       WHERE document_id = ? AND embedder = ? ORDER BY ordinal`,
    )
    .all(documentId, embedder) as { id: number; hash: string }[];
  const spare = new Map<string, number[]>();
  for (const { id, hash } of rows) spare.set(hash, [...(spare.get(hash) ?? []), id]);
  return spare;
}

function chunkIdsOf(database: SqliteDatabase, documentId: string): number[] {
  return database.prepare('SELECT id FROM chunks WHERE document_id = ?').pluck().all(documentId) as number[];
}
