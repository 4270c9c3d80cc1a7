import { createHash } from 'node:crypto';
import {
  UNLIMITED_SCOPE,
  type ChunkRecord,
  type DocumentRecord,
  type KeywordHit,
  type KnowledgeChange,
  type KnowledgeStore,
  type NewDocument,
} from '../contracts.ts';
import type { PageStart, ParseProblem } from '../../ingest/ingest-types.ts';
import { createChunkFilter, validityChange } from './chunk-filter.ts';
import { buildKeywordQuery } from './keyword-query.ts';
import { dropUnusedOriginal, keepVersion, versionHashesOf } from './keep-version.ts';
import { countDocuments, documentCondition, documentFacets, ownText } from './look-for-documents.ts';
import { findMarks, keepMarks, takeMarks } from './removed-marks.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';
import { replaceChunks } from './replace-chunks.ts';
import { bytesOfVector, vectorOfBytes } from './vector-bytes.ts';

const DOCUMENT_COLUMNS = `
  documents.id, source, title, url, media_type AS mediaType, documents.sha256, length(originals.bytes) AS bytes,
  collection, (SELECT count(*) FROM chunks WHERE document_id = documents.id) AS chunks,
  created_at AS createdAt, updated_at AS updatedAt, category, language, audience, valid_from AS validFrom,
  valid_until AS validUntil, owner, given_scope AS givenScope, problems, ${ownText()} AS ownText,
  EXISTS (SELECT 1 FROM disabled_documents WHERE document_id = documents.id) AS disabled`;
const DOCUMENTS = `SELECT ${DOCUMENT_COLUMNS} FROM documents JOIN originals ON originals.sha256 = documents.sha256`;
const CHUNKS = `
  SELECT chunks.id, document_id AS documentId, documents.title, documents.url, documents.updated_at AS updatedAt,
    ordinal, heading_path AS headingPath, chunks.text, start, "end", tokens, pages
  FROM chunks JOIN documents ON documents.id = chunks.document_id`;

const NONE: ReadonlySet<number> = new Set();

/** Words of the heading path count twice as much as words of the text. */
const HEADING_WEIGHT = 2;

/** Documents, chunks, keyword index and embeddings, changed together in one transaction. */
export function createSqliteKnowledgeStore(database: SqliteDatabase): KnowledgeStore {
  const path = database.name;
  const guarded = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, path));
    }
  };
  const write = <Result>(work: () => Result): Promise<Result> =>
    guarded(() => database.transaction(work).immediate());
  const documents = (rest: string, ...values: (string | number)[]): DocumentRecord[] =>
    (database.prepare(`${DOCUMENTS} ${rest}`).all(...values) as DocumentRow[]).map(recordOf);
  const document = (where: string, value: string): DocumentRecord | null =>
    documents(`WHERE ${where} = ?`, value)[0] ?? null;
  const excludedChunks = createChunkFilter(database);

  return {
    putDocument: (entry) => write(() => putDocument(database, entry)),
    removeDocument: (id) => write(() => removeDocument(database, id)),
    findBySource: (source) => guarded(() => document('source', source)),
    getDocument: (id) => guarded(() => document('documents.id', id)),
    getText: (id) => guarded(() => pluck<string>(database, 'SELECT text FROM documents WHERE id = ?', id)),
    getOriginal: (id) =>
      guarded(() =>
        pluck<Uint8Array>(
          database,
          'SELECT bytes FROM originals JOIN documents USING (sha256) WHERE id = ?',
          id,
        ),
      ),
    listDocuments: ({ limit, after, search }) =>
      guarded(() => {
        const { sql, values } = documentCondition(search);
        return documents(
          `WHERE source > ? AND ${sql} ORDER BY source LIMIT ?`,
          after ?? '',
          ...values,
          limit,
        );
      }),
    countDocuments: (search) => guarded(() => countDocuments(database, search)),
    documentFacets: () => guarded(() => documentFacets(database)),
    findMarks: ({ source, ...file }) =>
      guarded(() => findMarks(database, { ...file, documentId: documentIdOf(source) })),
    findTwins: (collection, sha256) =>
      guarded(() =>
        documents('WHERE collection = ? AND documents.sha256 = ? ORDER BY source', collection, sha256),
      ),
    listCollection: (collection) =>
      guarded(() => documents('WHERE collection = ? ORDER BY source', collection)),
    getChunks: (ids) =>
      guarded(() =>
        chunksOf(
          database
            .prepare(`${CHUNKS} WHERE chunks.id IN (SELECT value FROM json_each(?))`)
            .all(JSON.stringify(ids)),
        ),
      ),
    getDocumentChunks: (id) =>
      guarded(() => chunksOf(database.prepare(`${CHUNKS} WHERE document_id = ? ORDER BY ordinal`).all(id))),
    searchKeywords: (query, limit, excluded) =>
      guarded(() => searchKeywords(database, query, limit, excluded)),
    excludedChunks: (filter) => guarded(() => excludedChunks(filter)),
    validityChange: (at) => guarded(() => validityChange(database, at)),
    counts: () =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM chunks) AS chunks,
                (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'generation') AS generation`,
            )
            .get() as { documents: number; chunks: number; generation: number },
      ),
    chunkIds: () =>
      guarded(() => database.prepare('SELECT id FROM chunks ORDER BY id').pluck().all() as number[]),
    findVectors: (hashes, embedder) => guarded(() => findVectors(database, hashes, embedder)),
    getEmbeddings: (ids, embedder) => guarded(() => getEmbeddings(database, ids, embedder)),
    listStaleChunks: (embedder, limit) =>
      guarded(() =>
        chunksOf(
          database
            .prepare(
              `${CHUNKS} JOIN embeddings ON chunk_id = chunks.id WHERE embedder <> ? ORDER BY chunks.id LIMIT ?`,
            )
            .all(embedder, limit),
        ),
      ),
    putEmbeddings: (rows, embedder) =>
      write(() => {
        const update = database.prepare('UPDATE embeddings SET embedder = ?, vector = ? WHERE chunk_id = ?');
        for (const { chunkId, vector } of rows) update.run(embedder, bytesOfVector(vector), chunkId);
        nextGeneration(database);
      }),
  };
}

/** As SQLite gives it: JSON is text, true is 1. */
type DocumentRow = Omit<DocumentRecord, 'givenScope' | 'problems' | 'disabled' | 'ownText'> & {
  givenScope: string;
  problems: string;
  disabled: number;
  ownText: 'edited' | 'overtaken' | null;
};

function recordOf({ givenScope, problems, disabled, ownText: own, ...row }: DocumentRow): DocumentRecord {
  return {
    ...row,
    givenScope: JSON.parse(givenScope) as DocumentRecord['givenScope'],
    ...(problems !== '' && { problems: JSON.parse(problems) as ParseProblem[] }),
    ...(disabled === 1 && { disabled: true }),
    ...(own !== null && { ownText: own }),
  };
}

function chunksOf(rows: unknown[]): ChunkRecord[] {
  return (rows as (ChunkRecord & { pages: string })[]).map(({ pages, ...rest }) =>
    pages === '' ? rest : { ...rest, pages: JSON.parse(pages) as PageStart[] },
  );
}

function pluck<Value>(database: SqliteDatabase, sql: string, parameter: string): Value | null {
  return (database.prepare(sql).pluck().get(parameter) as Value | undefined) ?? null;
}

/** The same source keeps its id for ever, also when it was removed and comes back. */
function documentIdOf(source: string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 24);
}

/**
 * Customers are told when what they read was changed last: a category or an audience is no news. Nor are the bytes of
 * a page whose text is the same; those of a file with pictures may hold other pictures, which follow this date.
 */
const UPDATED_AT = `iif(documents.text = @text AND documents.title = @title AND documents.url IS @url
  AND (documents.sha256 = @sha256 OR @mediaType LIKE 'text/%'), documents.updated_at, @now)`;

function putDocument(database: SqliteDatabase, entry: NewDocument): KnowledgeChange {
  const id = documentIdOf(entry.source);
  const now = new Date().toISOString();
  const previousSha256 = sha256Of(database, id);
  keepVersion(database, id, entry);
  database.prepare('INSERT OR IGNORE INTO originals VALUES (?, ?)').run(entry.sha256, entry.original);
  database
    .prepare(
      `INSERT INTO documents (id, source, title, url, media_type, sha256, text, collection, created_at, updated_at,
         category, language, audience, valid_from, valid_until, owner, given_scope, problems)
       VALUES (@id, @source, @title, @url, @mediaType, @sha256, @text, @collection, @now, @now,
         @category, @language, @audience, @validFrom, @validUntil, @owner, @givenScope, @problems)
       ON CONFLICT (id) DO UPDATE SET title = @title, url = @url, media_type = @mediaType, sha256 = @sha256,
         text = @text, collection = @collection, updated_at = ${UPDATED_AT}, category = @category, language = @language,
         audience = @audience, valid_from = @validFrom, valid_until = @validUntil, owner = @owner, given_scope = @givenScope, problems = @problems`,
    )
    .run({
      id,
      now,
      source: entry.source,
      title: entry.title,
      url: entry.url,
      mediaType: entry.mediaType,
      sha256: entry.sha256,
      text: entry.text,
      collection: entry.collection,
      ...UNLIMITED_SCOPE,
      ...entry.scope,
      givenScope: JSON.stringify(entry.givenScope ?? {}),
      problems: entry.problems && entry.problems.length > 0 ? JSON.stringify(entry.problems) : '',
    });
  if (previousSha256 === null) takeMarks(database, id, entry.predecessor ?? id);
  const { added, removed } = replaceChunks(database, id, entry);
  dropUnusedOriginal(database, previousSha256);
  return { documentId: id, generation: nextGeneration(database), added, removed };
}

function removeDocument(database: SqliteDatabase, id: string): KnowledgeChange | null {
  const hashes = [sha256Of(database, id), ...versionHashesOf(database, id)];
  const removed = chunkIdsOf(database, id);
  keepMarks(database, id);
  database.prepare('DELETE FROM chunks WHERE document_id = ?').run(id);
  if (database.prepare('DELETE FROM documents WHERE id = ?').run(id).changes === 0) return null;
  for (const hash of hashes) dropUnusedOriginal(database, hash);
  return { documentId: id, generation: nextGeneration(database), added: [], removed };
}

function sha256Of(database: SqliteDatabase, id: string): string | null {
  return pluck<string>(database, 'SELECT sha256 FROM documents WHERE id = ?', id);
}

function chunkIdsOf(database: SqliteDatabase, documentId: string): number[] {
  return database.prepare('SELECT id FROM chunks WHERE document_id = ?').pluck().all(documentId) as number[];
}

function nextGeneration(database: SqliteDatabase): number {
  return Number(
    database
      .prepare(
        `UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE name = 'generation' RETURNING value`,
      )
      .pluck()
      .get(),
  );
}

function searchKeywords(
  database: SqliteDatabase,
  query: string,
  limit: number,
  excluded: ReadonlySet<number> = NONE,
): KeywordHit[] {
  const match = buildKeywordQuery(database, query);
  if (match === null) return [];
  // Read on until enough are left: however many are excluded, no better one is missed.
  const most = excluded.size === 0 ? limit : -1;
  const ranked = database
    .prepare(
      `SELECT rowid AS chunkId, -bm25(chunk_words, ${HEADING_WEIGHT}, 1, 1) AS score
       FROM chunk_words WHERE chunk_words MATCH ? ORDER BY bm25(chunk_words, ${HEADING_WEIGHT}, 1, 1), rowid LIMIT ?`,
    )
    .iterate(match, most) as IterableIterator<KeywordHit>;
  const hits: KeywordHit[] = [];
  for (const hit of ranked) {
    if (excluded.has(hit.chunkId)) continue;
    hits.push(hit);
    if (hits.length === limit) break;
  }
  return hits;
}

function getEmbeddings(
  database: SqliteDatabase,
  ids: readonly number[],
  embedder: string,
): { chunkId: number; vector: Float32Array }[] {
  const rows = database
    .prepare(
      `SELECT chunk_id AS chunkId, vector FROM embeddings
       WHERE embedder = @embedder AND chunk_id IN (SELECT value FROM json_each(@ids))
       UNION SELECT chunk_id, vector FROM next_embeddings
       WHERE embedder = @embedder AND chunk_id IN (SELECT value FROM json_each(@ids))`,
    )
    .all({ embedder, ids: JSON.stringify(ids) }) as { chunkId: number; vector: Buffer }[];
  return rows.map(({ chunkId, vector }) => ({ chunkId, vector: vectorOfBytes(vector) }));
}

function findVectors(
  database: SqliteDatabase,
  hashes: readonly string[],
  embedder: string,
): Map<string, Float32Array> {
  const rows = database
    .prepare(
      `SELECT content_hash AS hash, vector FROM chunks JOIN embeddings ON chunk_id = chunks.id
       WHERE embedder = ? AND content_hash IN (SELECT value FROM json_each(?)) GROUP BY content_hash`,
    )
    .all(embedder, JSON.stringify(hashes)) as { hash: string; vector: Buffer }[];
  return new Map(rows.map(({ hash, vector }) => [hash, vectorOfBytes(vector)]));
}
