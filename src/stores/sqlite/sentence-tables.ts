/** Vectors of each passage's sentences, packed in one row (eight-bit-vectors.ts). */
export const SENTENCE_TABLES = `
  CREATE TABLE sentence_embeddings (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks(id) ON DELETE CASCADE,
    embedder TEXT NOT NULL,
    vectors BLOB NOT NULL
  );
`;
