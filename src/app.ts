import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerQuestion, type AnswerRequest } from './answer/answer.ts';
import type { Answer, AnswerEvent } from './answer/answer-types.ts';
import { cachedEmbedder } from './answer/embedding-cache.ts';
import { createConversationLock } from './answer/conversation-lock.ts';
import { BUILTIN_CONFIDENCE } from './answer/confidence.ts';
import type { LiveTools } from './answer/live/live-types.ts';
import { loadRoutes } from './answer/live/load-routes.ts';
import type { AnswerTools } from './answer/path-types.ts';
import { watchTurn } from './answer/watch-turn.ts';
import { searchKnowledge, type SearchOptions, type SearchResult } from './answer/search-knowledge.ts';
import { createProductFinder, type ProductFinder } from './catalogue/find-products.ts';
import { createProductSense } from './catalogue/product-sense.ts';
import type { Config } from './config.ts';
import { openDesk, openStaff, tellingConversations, type Staff } from './desk-app.ts';
import type { Desk } from './desk/desk.ts';
import { reasonOf } from './errors.ts';
import type { ModelHost } from './inference/contracts.ts';
import { createModelHost } from './inference/model-client.ts';
import { loadManifest, verifyModels } from './inference/model-registry.ts';
import { createTokenCounter } from './inference/word-pieces.ts';
import { ingest, type IngestOptions, type IngestTools } from './ingest/ingest.ts';
import { createIngestQueue, type IngestQueue } from './ingest/ingest-queue.ts';
import type { FileOutcome, SourceFile } from './ingest/ingest-types.ts';
import { refreshEmbeddings } from './ingest/refresh-embeddings.ts';
import { removeDocument } from './ingest/remove-document.ts';
import { createShop, type Shop } from './shop/shop.ts';
import { createLiveFacts, factKeyOf } from './sources/live-facts.ts';
import { createIdentityVerifier, type IdentityVerifier } from './sources/identity-token.ts';
import { loadSources } from './sources/load-sources.ts';
import { createOrderGate } from './sources/order-gate.ts';
import { readSecrets } from './sources/read-secrets.ts';
import type { CatalogueStore, OrderStore } from './stores/catalogue-contracts.ts';
import type {
  ConversationStore,
  JobStore,
  KeyStore,
  KnowledgeStore,
  SettingStore,
  VectorIndex,
} from './stores/contracts.ts';
import type { AnalyticsStore } from './stores/analytics-contracts.ts';
import { openMemory, type Memory } from './stores/lmdb/open-memory.ts';
import { createSqliteAnalyticsStore } from './stores/sqlite/analytics-store.ts';
import { createSqliteCatalogueStore } from './stores/sqlite/catalogue-store.ts';
import { createSqliteConversationStore } from './stores/sqlite/conversation-store.ts';
import { createSqliteJobStore } from './stores/sqlite/job-store.ts';
import { createSqliteKeyStore } from './stores/sqlite/key-store.ts';
import { createSqliteKnowledgeStore } from './stores/sqlite/knowledge-store.ts';
import { lockFolder } from './stores/sqlite/lock-folder.ts';
import { createSqliteOrderStore } from './stores/sqlite/order-store.ts';
import { openDatabase } from './stores/sqlite/open-database.ts';
import { createSqliteProofAttempts } from './stores/sqlite/proof-attempts-store.ts';
import { createSqliteSettingStore } from './stores/sqlite/setting-store.ts';
import { createHnswIndex } from './stores/vectors/hnsw-index.ts';
import { loadLanguageDetector } from './understand/detect-language.ts';
import { readEnglishWords } from './understand/english-words.ts';
import { createQueryWords } from './understand/query-words.ts';
import { readSynonyms, synonymsPath } from './understand/synonyms.ts';
import { openTermVocabulary } from './understand/term-vocabulary.ts';
import type { HistoryMessage } from './understand/standalone-question.ts';

/** The root of the installed package: models/ and data/shop/ lie there, from source and from dist alike. */
const PACKAGE_ROOT = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url),
);
const BUILTIN_MODELS = join(PACKAGE_ROOT, 'models');
const { version: VERSION } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

/** Folder of the built pages. */
export const WEB_FOLDER = join(PACKAGE_ROOT, 'dist', 'web');

/** Everything the server and the command line do, without HTTP. */
export interface App {
  readonly version: string;
  readonly config: Config;
  readonly models: ModelHost;
  readonly knowledge: KnowledgeStore;
  readonly vectors: VectorIndex;
  readonly catalogue: CatalogueStore;
  readonly orders: OrderStore;
  readonly products: ProductFinder;
  readonly conversations: ConversationStore;
  readonly jobs: JobStore;
  readonly keys: KeyStore;
  readonly settings: SettingStore;
  readonly staff: Staff;
  readonly desk: Desk;
  readonly analytics: AnalyticsStore;
  /** Null when no key for the shop's tokens is set. */
  readonly identities: IdentityVerifier | null;
  readonly shop: Shop;
  readonly queue: IngestQueue;
  readonly memory: Memory;
  /** What the question path works with. */
  readonly answerTools: AnswerTools;
  answer(request: AnswerRequest): AsyncGenerator<AnswerEvent, Answer>;
  search(query: string, options: SearchOptions): Promise<SearchResult>;
  /** A conversation in which so much was said already. */
  startConversation(history: readonly HistoryMessage[]): Promise<string>;
  /** Brings what is derived from the catalogue to what it holds; done in the background after every import. */
  refreshProducts(signal?: AbortSignal): Promise<void>;
  ingest(files: AsyncIterable<SourceFile>, options?: IngestOptions): AsyncGenerator<FileOutcome>;
  /** True when there was one; gone from every store and index then. */
  removeDocument(id: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface OpenOptions {
  log?: (level: 'info' | 'warn' | 'error', message: string) => void;
  signal?: AbortSignal;
  /** The present moment, for opening hours; another one in measurements. */
  now?: () => Date;
  /** Called with what is being done, for people who wait. */
  onProgress?: (message: string) => void;
}

export function modelsFolderOf(config: Config): string {
  return config.models_dir === '' ? BUILTIN_MODELS : resolve(config.models_dir);
}

/**
 * The composition root: the one place that names adapters. Resolves when the models are loaded and the
 * index holds what the store holds.
 * @throws data_folder_*, store_damaged, model_missing, model_damaged, model_failed, cancelled
 */
export async function openApp(config: Config, options: OpenOptions = {}): Promise<App> {
  const { log = () => undefined, onProgress = () => undefined, signal } = options;
  const closers: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = resolve(config.data_dir);
    const lock = lockFolder(folder);
    closers.push(() => lock.release());
    onProgress('Checking the models');
    const modelsDir = modelsFolderOf(config);
    const manifest = await loadManifest(modelsDir);
    await verifyModels(manifest, signal ? { signal } : {});

    const models = createModelHost({
      manifest,
      generator: config.generator,
      threads: config.threads,
      maxWaitingQuestions: config.max_waiting_questions,
      log: (event, fields) => log('info', `models: ${event} ${JSON.stringify(fields)}`),
    });
    closers.push(() => models.close());
    const database = openDatabase(join(folder, 'answerbox.sqlite'));
    closers.push(() => void database.close());

    const knowledge = createSqliteKnowledgeStore(database);
    const jobs = createSqliteJobStore(database);
    const catalogue = createSqliteCatalogueStore(database);
    const orders = createSqliteOrderStore(database);
    const products = createProductFinder(catalogue);
    const settings = createSqliteSettingStore(database);
    const vectors = createHnswIndex({
      folder: join(folder, 'vectors'),
      store: knowledge,
      embedder: models.embedder,
    });
    const tokens = createTokenCounter(join(modelsDir, 'embedder', 'tokenizer.json'));
    const shop = await createShop({ folder, demoFolder: join(PACKAGE_ROOT, 'data', 'shop'), settings });
    const staff = openStaff(database, settings);
    const desk = await openDesk({
      database,
      folder,
      users: staff.users,
      profile: () => shop.profile(),
      config,
      log: (level, message) => log(level, message),
      ...(options.now && { now: options.now }),
    });
    closers.push(() => desk.close());
    const conversations = tellingConversations(createSqliteConversationStore(database), desk);
    const openLive = async (): Promise<LiveTools> => {
      const now = options.now ?? (() => new Date());
      const sources = await loadSources(folder, { catalogue, orders, secrets: await readSecrets(folder) });
      const facts = createLiveFacts(sources, { budgetMs: config.live_facts_ms });
      closers.push(() => facts.close());
      return {
        products,
        sense: createProductSense(catalogue, models.embedder),
        facts,
        orders: createOrderGate({
          attempts: createSqliteProofAttempts(database),
          readOrder: async (number, readSignal) => {
            const request = { kind: 'order', key: number } as const;
            const read = await facts.read([request], { signal: readSignal });
            return read.get(factKeyOf(request)) ?? { outcome: 'unknown' };
          },
        }),
        hours: (question, at) => shop.sayHours(question, at),
        orderPrefix: async () => {
          const [first] = await orders.listOrders({ limit: 1 });
          if (first) return /^\p{L}*/u.exec(first.number)?.[0] ?? '';
          const elsewhere = sources.some(
            ({ name, kinds }) => name !== 'catalogue' && kinds.includes('order'),
          );
          return elsewhere ? '' : null;
        },
        catalogueVersion: async () => (await catalogue.counts()).version,
        routeOf: await loadRoutes(folder),
        timeZone: () => shop.timeZone(),
        now,
      };
    };
    const vocabulary = openTermVocabulary(knowledge, {
      english: await readEnglishWords(join(modelsDir, 'embedder', 'tokenizer.json')),
      productNames: () => namesOf(catalogue),
    });
    const words = createQueryWords(vocabulary, await readSynonyms(synonymsPath(folder)));
    const ingestTools: IngestTools = {
      followers: [words],
      knowledge,
      vectors,
      tokens,
      embedder: models.embedder,
      maxDocumentBytes: config.max_document_bytes,
    };
    const memory = await openMemory({
      folder,
      log: (level, message) => log(level, `memory: ${message}`),
      ...(signal && { signal }),
    });
    closers.push(() => memory.close());
    // Measurements answer every question anew.
    const embedder = config.stored_answers ? cachedEmbedder(models.embedder, memory.cache) : models.embedder;
    const answerTools: AnswerTools = {
      knowledge,
      vectors,
      conversations,
      models: Object.assign(Object.create(models) as ModelHost, { embedder }),
      tokens,
      confidence: BUILTIN_CONFIDENCE,
      shop: () => shop.contact(),
      maxQuestionCharacters: config.max_question_characters,
      generateTimeoutMs: config.generate_timeout_ms,
      storedAnswers: config.stored_answers,
      detectLanguage: await loadLanguageDetector(),
      words,
      live: await openLive(),
      desk,
    };

    onProgress('Loading the models');
    await models.ready(signal);
    await refreshEmbeddings(ingestTools, signal);
    const { loaded, added, removed } = await vectors.catchUp(signal);
    if (!loaded || added + removed > 0)
      log('info', `vector index: ${loaded ? 'loaded' : 'built'}, ${added} added, ${removed} removed`);
    await vectors.save();
    const queue = createIngestQueue({ jobs, tools: ingestTools, log });
    closers.push(() => queue.close());

    const turns = createConversationLock();
    /** Messages of one conversation are answered one after the other. */
    async function* inTurn(request: AnswerRequest, tools: AnswerTools): AsyncGenerator<AnswerEvent, Answer> {
      if (request.conversationId === undefined) return yield* answerQuestion(request, tools);
      const release = await turns.acquire(request.conversationId, request.signal);
      try {
        return yield* answerQuestion(request, tools);
      } finally {
        release();
      }
    }

    const app: App = {
      version: VERSION,
      config,
      models,
      knowledge,
      vectors,
      catalogue,
      orders,
      products,
      conversations,
      jobs,
      settings,
      staff,
      desk,
      analytics: createSqliteAnalyticsStore(database),
      shop,
      queue,
      memory,
      answerTools,
      keys: createSqliteKeyStore(database),
      identities:
        config.identity_secret === ''
          ? null
          : createIdentityVerifier({ algorithm: 'HS256', secret: config.identity_secret }),
      answer: (request) =>
        watchTurn(inTurn(request, answerTools), {
          started: (id) => desk.turnStarted(id, request.identity ?? null),
          ended: (id, how) => desk.turnEnded(id, how === 'left'),
        }),
      startConversation: (history) => startConversation(history, conversations),
      refreshProducts: async (refreshSignal) => {
        await answerTools.live.products.refresh(refreshSignal);
        await answerTools.live.sense.refresh(refreshSignal);
      },
      search: (query, callOptions) => searchKnowledge(query, answerTools, callOptions),
      ingest: (files, ingestOptions) => ingest(files, ingestTools, ingestOptions),
      removeDocument: (id) => removeDocument(id, ingestTools),
      close,
    };
    if (config.demo) await shop.loadDemoOnce(app, onProgress);
    // Not awaited: 100,000 products take seconds, and the first question for one waits for it anyway.
    const leaving = new AbortController();
    const derive = async (what: string, work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => {
        if (!leaving.signal.aborted) log('warn', `${what}: ${reasonOf(error)}`);
      });
    const derived = Promise.all([
      derive('product index', app.refreshProducts(leaving.signal)),
      derive('vocabulary', vocabulary.rebuild(leaving.signal)),
    ]);
    closers.push(async () => {
      leaving.abort();
      await derived;
    });
    queue.start();
    return app;
  } catch (error) {
    await close();
    throw error;
  }
}

async function startConversation(
  history: readonly HistoryMessage[],
  conversations: ConversationStore,
): Promise<string> {
  const conversationId = await conversations.createConversation({});
  for (const { role, text } of history)
    await conversations.addMessage({ id: randomUUID(), conversationId, role, text, answer: null });
  return conversationId;
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
