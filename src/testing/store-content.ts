import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { databaseIn } from './run-cli.ts';

/** Everything that an ingest leaves, without what may differ between two runs: row ids and times. */
export interface StoreContent {
  documents: number;
  chunks: number;
  keywordRows: number;
  /** SHA-256 over documents, originals and chunks. */
  textHash: string;
  /** SHA-256 over every term of the keyword index with its place. */
  keywordHash: string;
  /** Unit vectors, in order of source and chunk. */
  vectors: Float32Array[];
  /** Rows that belong to nothing. */
  orphans: number;
  sound: boolean;
}

export function readStoreContent(dataDir: string): StoreContent {
  const database = new Database(databaseIn(dataDir), { fileMustExist: true });
  try {
    const all = (sql: string): unknown[][] => database.prepare(sql).raw().all() as unknown[][];
    const chunks = all(`SELECT source, ordinal, heading_path, chunks.text, start, "end", tokens FROM chunks
      JOIN documents ON documents.id = document_id ORDER BY source, ordinal`);
    const documents =
      all(`SELECT documents.id, source, title, url, media_type, documents.sha256, text, collection, bytes FROM documents
      JOIN originals ON originals.sha256 = documents.sha256 ORDER BY source`);
    database.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, chunk_words, instance)`);
    const words =
      all(`SELECT source, ordinal, term, col, "offset" FROM temp.words JOIN chunks ON chunks.id = words.doc
      JOIN documents ON documents.id = document_id ORDER BY 1, 2, 3, 4, 5`);
    const vectors = all(`SELECT vector FROM embeddings JOIN chunks ON chunks.id = chunk_id
      JOIN documents ON documents.id = document_id ORDER BY source, ordinal`).map(
      ([bytes]) => new Float32Array(new Uint8Array(bytes as Buffer).buffer),
    );
    const [[orphans]] =
      all(`SELECT (SELECT count(*) FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM documents))
      + (SELECT count(*) FROM chunks WHERE document_id NOT IN (SELECT id FROM documents))
      + (SELECT count(*) FROM embeddings WHERE chunk_id NOT IN (SELECT id FROM chunks))`) as [[number]];
    return {
      documents: documents.length,
      chunks: chunks.length,
      keywordRows: words.length,
      textHash: hashOf([documents, chunks]),
      keywordHash: hashOf(words),
      vectors,
      orphans,
      sound:
        database.pragma('integrity_check', { simple: true }) === 'ok' &&
        all('PRAGMA foreign_key_check').length === 0,
    };
  } finally {
    database.close();
  }
}

function hashOf(rows: unknown): string {
  const text = JSON.stringify(rows, (_key, value: unknown) =>
    Buffer.isBuffer(value) ? value.toString('base64') : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The least cosine between vectors of the same place; -1 when there are more in one than in the other.
 * Equal bits are not to be had: the int8 embedder scales by what lies in the same batch.
 */
export function leastCosine(left: readonly Float32Array[], right: readonly Float32Array[]): number {
  if (left.length !== right.length) return -1;
  return left.reduce(
    (least, vector, place) =>
      Math.min(
        least,
        vector.reduce((sum, value, at) => sum + value * right[place]![at]!, 0),
      ),
    1,
  );
}
