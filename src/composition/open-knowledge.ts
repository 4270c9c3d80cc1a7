import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder, ModelHost, PictureEmbedder, TokenCounter } from '../inference/contracts.ts';
import { createTokenCounter } from '../inference/word-pieces.ts';
import type { IngestTools } from '../ingest/ingest.ts';
import { createSentenceIndex, type SentenceIndex } from '../ingest/sentence-index.ts';
import { createSwitchableIndex, type SwitchableIndex } from '../ingest/model-change/switchable-index.ts';
import { createDocumentParser } from '../ingest/parser/create-document-parser.ts';
import type { DocumentParser } from '../ingest/parser/parser-contracts.ts';
import { createPictures, type Pictures, type PictureTools } from '../ingest/pictures/pictures.ts';
import { createSummaries, type Summaries } from '../ingest/summaries/summaries.ts';
import type { Shop } from '../shop/shop.ts';
import { instantOf } from '../shop/zoned-time.ts';
import type { CatalogueStore } from '../stores/catalogue-contracts.ts';
import type { VectorIndex } from '../stores/contracts.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqlitePictureStore } from '../stores/sqlite/picture-store.ts';
import { createSqliteSummaryStore } from '../stores/sqlite/summary-store.ts';
import { createHnswIndex } from '../stores/vectors/hnsw-index.ts';
import { readEnglishWords } from '../understand/english-words.ts';
import { createQueryWords, type QueryWords } from '../understand/query-words.ts';
import { readSynonyms, synonymsPath } from '../understand/synonyms.ts';
import { openTermVocabulary } from '../understand/term-vocabulary.ts';
import type { Opening } from './opening.ts';
import type { Memory, Stores } from './open-stores.ts';

/** What is derived from the documents, and the tools that bring documents in. */
export interface Knowledge {
  vectors: VectorIndex;
  indexes: SwitchableIndex;
  openIndex: (embedder: Embedder) => VectorIndex;
  tokens: TokenCounter;
  vocabulary: ReturnType<typeof openTermVocabulary>;
  words: QueryWords;
  /** Of long documents, searched with every question. */
  summaries: Summaries;
  /** Null where no model of pictures is installed. */
  pictures: Pictures | null;
  /** Reads files apart from this process. */
  parser: DocumentParser;
  /** Follows the documents in the background. */
  sentenceIndex: SentenceIndex;
  ingestTools: IngestTools;
}

export interface KnowledgeParts {
  database: SqliteDatabase;
  stores: Stores;
  models: ModelHost;
  shop: Shop;
  memory: Memory;
}

export async function openKnowledge(
  { config, folder, modelsDir, log, onClose }: Opening,
  { database, stores, models, shop, memory }: KnowledgeParts,
): Promise<Knowledge> {
  const { knowledge, sentences, catalogue, versions } = stores;
  const openIndex = ({ identity, dimensions }: Embedder): VectorIndex =>
    createHnswIndex({
      folder: join(folder, 'vectors'),
      store: knowledge,
      embedder: { identity, dimensions },
    });
  const indexes = createSwitchableIndex(openIndex(models.embedder), models.embedder.dimensions);
  const tokenizer = join(modelsDir, 'embedder', 'tokenizer.json');
  const vocabulary = openTermVocabulary(knowledge, {
    english: await readEnglishWords(tokenizer),
    productNames: () => namesOf(catalogue),
  });
  const words = createQueryWords(vocabulary, await readSynonyms(synonymsPath(folder)));
  const parser = createDocumentParser();
  onClose(() => parser.close());
  const vectors = indexes.index;
  const tokens = createTokenCounter(tokenizer);
  const { embedder } = models;
  const sentenceIndex = createSentenceIndex({ sentences, knowledge, embedder, log });
  onClose(() => sentenceIndex.close());
  const summaries = createSummaries({
    store: createSqliteSummaryStore(database),
    embedder,
    knowledge,
    tokens,
    log,
  });
  onClose(() => summaries.close());
  const pictures = models.pictures && openPictures(models.pictures, { database, knowledge, parser, log });
  if (pictures) onClose(() => pictures.close());
  const ingestTools: IngestTools = {
    parser,
    followers: [
      words,
      sentenceIndex,
      summaries,
      ...(pictures ? [pictures] : []),
      // Kept answers may quote what is gone.
      { apply: async ({ removed }) => (removed.length > 0 ? memory.forgetAnswers() : undefined) },
    ],
    knowledge,
    vectors,
    tokens,
    embedder,
    maxDocumentBytes: config.max_document_bytes,
    startOfDay: (date) => instantOf(date, 0, shop.timeZone()),
    versions,
    takesPictures: pictures !== null,
  };
  const derived = { vectors, indexes, openIndex, vocabulary, words, summaries, pictures, sentenceIndex };
  return { ...derived, tokens, parser, ingestTools };
}

function openPictures(
  model: PictureEmbedder,
  { database, ...tools }: Omit<PictureTools, 'store' | 'model'> & { database: SqliteDatabase },
): Pictures {
  return createPictures({ ...tools, model, store: createSqlitePictureStore(database) });
}

/** Waits for the models, and for the index to hold what the store holds. @throws model_failed, cancelled */
export async function catchUpIndex(
  { folder, log, faults, signal, onProgress }: Opening,
  models: ModelHost,
  vectors: VectorIndex,
): Promise<void> {
  onProgress('Loading the models');
  await models.ready(signal);
  const hadIndex = existsSync(join(folder, 'vectors'));
  const { loaded, added, removed } = await vectors.catchUp(signal);
  if (!loaded && added > 0 && hadIndex)
    faults.report('index', 'healed', 'the saved vector index was missing or damaged and was built again');
  if (!loaded || added + removed > 0)
    log('info', `vector index: ${loaded ? 'loaded' : 'built'}, ${added} added, ${removed} removed`);
  await vectors.save();
}

/** Each product's name once, in order of code. */
async function* namesOf(catalogue: CatalogueStore): AsyncGenerator<string> {
  let last = '';
  for (let after = ''; ;) {
    const page = await catalogue.listProducts({ limit: 500, after });
    if (page.length === 0) return;
    for (const { name } of page) {
      if (name !== last) yield name;
      last = name;
    }
    after = page.at(-1)!.code;
  }
}
