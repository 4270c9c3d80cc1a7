import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnswerRequest } from './answer/answer.ts';
import type { Answer, AnswerEvent } from './answer/answer-types.ts';
import { createAnswerCache } from './answer/answer-cache.ts';
import { cachedEmbedder } from './answer/embedding-cache.ts';
import { createAnswering } from './answer/answer-in-turn.ts';
import { chooseByErrorRate } from './answer/decide/choose-by-error-rate.ts';
import { loadFittedConfidence, sampleOf, type FittedConfidence } from './answer/decide/fitted-confidence.ts';
import type { LiveTools } from './answer/live/live-types.ts';
import { loadRoutes } from './answer/live/load-routes.ts';
import type { AnswerTools } from './answer/path-types.ts';
import { watchTurn } from './answer/watch-turn.ts';
import { cachedIntents } from './answer/intent-cache.ts';
import { createRetrievalCache } from './answer/retrieval-cache.ts';
import { createAnswerReuse, type ReuseCounts } from './answer/reuse-answers.ts';
import { whyNot, type WhyNot } from './answer/why-not.ts';
import { searchKnowledge, type SearchOptions, type SearchResult } from './answer/search-knowledge.ts';
import { sourceVersions } from './answer/source-versions.ts';
import { createActionRunner } from './actions/action-runner.ts';
import { createHttpAction } from './actions/http-action.ts';
import { readActionsFile } from './actions/read-actions-file.ts';
import { createProductFinder, type ProductFinder } from './catalogue/find-products.ts';
import { createProductSense } from './catalogue/product-sense.ts';
import { openDesk, openStaff, tellingConversations, type Staff } from './desk-app.ts';
import type { Desk } from './desk/desk.ts';
import { describeConfig, listOf, type Config } from './config.ts';
import { AnswerboxError, reasonOf } from './errors.ts';
import type { Embedder, ModelHost } from './inference/contracts.ts';
import { createModelHost, type ProcessModelHost } from './inference/model-client.ts';
import { createGuard } from './guard/guard.ts';
import { readGuardFile } from './guard/guard-file.ts';
import {
  findModel,
  hasGenerator,
  loadManifest,
  missingRoles,
  verifyModels,
  type ModelManifest,
} from './inference/model-registry.ts';
import { createSwitchableHost } from './inference/switchable-host.ts';
import { createTokenCounter } from './inference/word-pieces.ts';
import { ingest, type IngestOptions, type IngestTools } from './ingest/ingest.ts';
import { createIngestQueue, type IngestQueue } from './ingest/jobs/ingest-queue.ts';
import { openCrawl } from './ingest/crawl/open-crawl.ts';
import type { SourceVisits } from './ingest/crawl/source-visits.ts';
import { restoreVersion } from './ingest/restore-version.ts';
import { watchFolders } from './ingest/watch-folders.ts';
import type { FileOutcome, SourceFile } from './ingest/ingest-types.ts';
import { changeModels } from './ingest/model-change/change-models.ts';
import { chooseEmbedder } from './inference/choose-embedder.ts';
import { createSwitchableIndex } from './ingest/model-change/switchable-index.ts';
import { removeSource } from './ingest/remove-source.ts';
import { createDocumentParser } from './ingest/parser/create-document-parser.ts';
import type { DocumentParser } from './ingest/parser/parser-contracts.ts';
import { refreshEmbeddings } from './ingest/refresh-embeddings.ts';
import { removeDocument } from './ingest/remove-document.ts';
import { countRetrievals } from './knowledge/count-retrievals.ts';
import { createHealthCheck, type HealthCheck } from './knowledge/health-check.ts';
import { createLiveTurns, type LiveTurn } from './observability/live-turns.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { watchAnswer } from './observability/watch-answers.ts';
import { watchApp } from './observability/watch-app.ts';
import { watchModels } from './observability/watch-models.ts';
import { createShop, type Shop } from './shop/shop.ts';
import { instantOf } from './shop/zoned-time.ts';
import { createLiveFacts, factKeyOf } from './sources/live-facts.ts';
import { createIdentityVerifier, type Identity, type IdentityVerifier } from './sources/identity-token.ts';
import { loadSources } from './sources/load-sources.ts';
import { createOrderGate } from './sources/order-gate.ts';
import { readSecrets } from './sources/read-secrets.ts';
import type { CatalogueStore, OrderStore } from './stores/catalogue-contracts.ts';
import type { CacheCounts, CacheName } from './stores/memory-contracts.ts';
import type {
  AuditStore,
  ConversationStore,
  KeyStore,
  KnowledgeStore,
  SettingStore,
  TraceStore,
  VectorIndex,
} from './stores/contracts.ts';
import type { AnalyticsStore } from './stores/analytics-contracts.ts';
import { createSqliteAnalyticsStore } from './stores/sqlite/analytics-store.ts';
import type { HealthStore } from './stores/health-contracts.ts';
import type { JobStore } from './stores/job-contracts.ts';
import type { SourceStore, VersionStore } from './stores/sync-contracts.ts';
import { openMemory, type Memory } from './stores/lmdb/open-memory.ts';
import { createSqliteAuditStore } from './stores/sqlite/audit-store.ts';
import { createSqliteCatalogueStore } from './stores/sqlite/catalogue-store.ts';
import { createSqliteConversationStore } from './stores/sqlite/conversation-store.ts';
import { createSqliteEmbeddingChangeStore } from './stores/sqlite/embedding-change-store.ts';
import { createSqliteHealthStore } from './stores/sqlite/health-store.ts';
import { createSqliteJobStore } from './stores/sqlite/job-store.ts';
import { createSqliteKeyStore } from './stores/sqlite/key-store.ts';
import { createSqliteKnowledgeStore } from './stores/sqlite/knowledge-store.ts';
import { lockFolder } from './stores/sqlite/lock-folder.ts';
import { createSqliteOrderStore } from './stores/sqlite/order-store.ts';
import { openDatabase } from './stores/sqlite/open-database.ts';
import { createSqliteProofAttempts } from './stores/sqlite/proof-attempts-store.ts';
import { createSqliteSettingStore } from './stores/sqlite/setting-store.ts';
import { createSqliteSourceStore } from './stores/sqlite/source-store.ts';
import { createSqliteUpkeepStore } from './stores/sqlite/upkeep-store.ts';
import { createSqliteVersionStore } from './stores/sqlite/version-store.ts';
import { createSqliteTraceStore } from './stores/sqlite/trace-store.ts';
import { createHnswIndex } from './stores/vectors/hnsw-index.ts';
import { loadLanguageDetector } from './understand/detect-language.ts';
import { readEnglishWords } from './understand/english-words.ts';
import { createQueryWords } from './understand/query-words.ts';
import { readSynonyms, synonymsPath } from './understand/synonyms.ts';
import { openTermVocabulary } from './understand/term-vocabulary.ts';
import type { HistoryMessage } from './understand/standalone-question.ts';
import { maintain } from './upkeep/maintain.ts';
import { createUpkeep, type Upkeep } from './upkeep/upkeep-schedule.ts';

/** The root of the installed package: models/ and data/shop/ lie there, from source and from dist alike. */
const PACKAGE_ROOT = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url),
);
const BUILTIN_MODELS = join(PACKAGE_ROOT, 'models');
const { version: VERSION } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

/** Setting in the store; '' when the configuration holds. */
const ERROR_RATE = 'most_wrong_answers';

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
  readonly sources: SourceStore;
  readonly versions: VersionStore;
  /** Sites and folders that are followed. */
  readonly visits: SourceVisits;
  readonly upkeep: Upkeep;
  /** Passages that a new embedder has seen while the old one serves; null when there is none. */
  modelChange(): { done: number; total: number } | null;
  readonly health: HealthStore;
  readonly healthCheck: HealthCheck;
  readonly keys: KeyStore;
  readonly settings: SettingStore;
  readonly staff: Staff;
  readonly desk: Desk;
  readonly analytics: AnalyticsStore;
  /** What was tried to be changed, by whom, and what came of it. */
  readonly audit: AuditStore;
  /** Null when no key for the shop's tokens is set. */
  readonly identities: IdentityVerifier | null;
  readonly shop: Shop;
  readonly queue: IngestQueue;
  /** Reads files apart from this process. */
  readonly parser: DocumentParser;
  readonly memory: Memory;
  /** How often questions were answered without computing them; of each cache, entries, hits and misses. */
  caches(): Promise<{ answers: ReuseCounts; caches: Record<CacheName, CacheCounts> }>;
  /** Who a token of the shop vouches for. @throws identity_not_set_up, identity_token_expired, identity_token_invalid */
  identify(token: string): Promise<Identity>;
  /** How answers came about; staff only. */
  readonly traces: TraceStore;
  /** What confidence was fitted on, for previews of the owner's error rates. */
  readonly fitted: FittedConfidence;
  readonly metrics: Metrics;
  /** What the question path works with. */
  readonly answerTools: AnswerTools;
  answer(request: AnswerRequest): AsyncGenerator<AnswerEvent, Answer>;
  /** Questions that are being answered now. */
  liveTurns(): LiveTurn[];
  search(query: string, options: SearchOptions): Promise<SearchResult>;
  /** How far a document came in that search. @throws document_not_found */
  whyNot(query: string, documentId: string, options: SearchOptions): Promise<WhyNot>;
  /** What is installed, as the manifest says, and the roles that nothing fills. */
  installedModels(): Promise<ModelManifest & { missing: readonly string[] }>;
  /** Compares every model file with its checksum; the paths. @throws model_missing, model_damaged, cancelled */
  verifyModels(signal: AbortSignal): Promise<string[]>;
  /** Every setting in force, as it may be shown. */
  describeSettings(): ReturnType<typeof describeConfig>;
  /** The owner's error rate in force: 'console' when it was set while running, and goes before the configuration. */
  errorRate(): { rate: number; from: 'console' | 'configuration' };
  /** Sets it from the next question on; null goes back to the configuration. */
  setErrorRate(rate: number | null): Promise<void>;
  /** A conversation in which so much was said already. */
  startConversation(history: readonly HistoryMessage[], metadata?: Record<string, unknown>): Promise<string>;
  /** Brings what is derived from the catalogue to what it holds; done in the background after every import. */
  refreshProducts(signal?: AbortSignal): Promise<void>;
  ingest(files: AsyncIterable<SourceFile>, options?: IngestOptions): AsyncGenerator<FileOutcome>;
  /** True when there was one; gone from every store and index then. */
  removeDocument(id: string): Promise<boolean>;
  /** Takes a site or folder away with its documents; how many there were. */
  removeSource(id: string): Promise<number>;
  /** The job that brings the version back. @throws document_not_found, version_not_found */
  restoreVersion(id: string, version: number): Promise<string>;
  close(): Promise<void>;
}

export interface OpenOptions {
  log?: (level: 'info' | 'warn' | 'error', message: string) => void;
  signal?: AbortSignal;
  /** The present moment, for opening hours; another one in measurements. */
  now?: () => Date;
  /** True for the server: folders are watched, sites visited and upkeep done by the clock. */
  followsSources?: boolean;
  /** Shows drafts without their checks: only to measure what the checks are worth. */
  unchecked?: boolean;
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
    const generator = config.generator === 'builtin' && (await hasGenerator(manifest)) ? 'builtin' : 'none';
    if (generator !== config.generator)
      log('warn', 'the generator’s file is missing: every answer will be extractive');
    const needed = manifest.models.filter(({ role }) => generator === 'builtin' || role !== 'generator');
    await verifyModels({ ...manifest, models: needed }, signal ? { signal } : {});

    const metrics = createMetrics();
    const database = openDatabase(join(folder, 'answerbox.sqlite'));
    closers.push(() => void database.close());
    const embeddingChange = createSqliteEmbeddingChangeStore(database);
    const choice = chooseEmbedder(manifest, await embeddingChange.storedEmbedder());
    const openHost = (hostManifest: ModelManifest): ProcessModelHost =>
      createModelHost({
        manifest: hostManifest,
        generator,
        threads: config.threads,
        maxWaitingQuestions: config.max_waiting_questions,
        log: (event, fields) => log('info', `models: ${event} ${JSON.stringify(fields)}`),
      });
    const hosts = createSwitchableHost(openHost(choice.serving));
    const models = watchModels(hosts.host, metrics);
    closers.push(() => models.close());

    const knowledge = createSqliteKnowledgeStore(database);
    const jobs = createSqliteJobStore(database);
    const sources = createSqliteSourceStore(database);
    const versions = createSqliteVersionStore(database);
    const catalogue = createSqliteCatalogueStore(database);
    const orders = createSqliteOrderStore(database);
    const products = createProductFinder(catalogue);
    const settings = createSqliteSettingStore(database);
    const openIndex = ({ identity, dimensions }: Embedder): VectorIndex =>
      createHnswIndex({
        folder: join(folder, 'vectors'),
        store: knowledge,
        embedder: { identity, dimensions },
      });
    const indexes = createSwitchableIndex(openIndex(models.embedder), models.embedder.dimensions);
    const vectors = indexes.index;
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
    const warn = (level: 'warn', message: string): void => log(level, message);
    const guard = createGuard(
      {
        contact: () => ({ ...shop.contact(), url: shop.profile().url ?? null }),
        file: await readGuardFile(folder),
        log: (message) => log('warn', message),
      },
      [findModel(manifest, 'generator')?.prompt_format?.system ?? ''],
    );
    const openLive = async (): Promise<LiveTools> => {
      const now = options.now ?? (() => new Date());
      const sources = await loadSources(folder, { catalogue, orders, secrets: await readSecrets(folder) });
      const facts = createLiveFacts(sources, {
        budgetMs: config.live_facts_ms,
        onTried: ({ request, source, result, took }) => {
          if (result.outcome === 'failed')
            warn(
              'warn',
              `${source} could not tell the ${request.kind} (${Math.round(took)} ms): ${result.reason}`,
            );
        },
      });
      const sense = createProductSense(catalogue, models.embedder, warn);
      const routes = await loadRoutes(folder);
      closers.push(() => facts.close());
      return {
        guard,
        products,
        sense,
        facts,
        orders: createOrderGate({
          attempts: createSqliteProofAttempts(database),
          readOrder: async (number, readSignal) => {
            const request = { kind: 'order', key: number } as const;
            const read = await facts.read([request], { signal: readSignal });
            return read.get(factKeyOf(request)) ?? { outcome: 'unknown' };
          },
        }),
        hours: (question, at, say) => shop.sayHours(question, at, say),
        orderPrefix: async () => {
          const [first] = await orders.listOrders({ limit: 1 });
          if (first) return /^\p{L}*/u.exec(first.number)?.[0] ?? '';
          const elsewhere = sources.some(
            ({ name, kinds }) => name !== 'catalogue' && kinds.includes('order'),
          );
          return elsewhere ? '' : null;
        },
        version: async () =>
          JSON.stringify([
            (await catalogue.counts()).version,
            products.version(),
            sense.version(),
            routes.version,
          ]),
        routeOf: routes.routeOf,
        timeZone: () => shop.timeZone(),
        now,
      };
    };
    const vocabulary = openTermVocabulary(knowledge, {
      english: await readEnglishWords(join(modelsDir, 'embedder', 'tokenizer.json')),
      productNames: () => namesOf(catalogue),
    });
    const words = createQueryWords(vocabulary, await readSynonyms(synonymsPath(folder)));
    const memory = await openMemory({
      folder,
      log: (level, message) => log(level, `memory: ${message}`),
      ...(signal && { signal }),
    });
    closers.push(() => memory.close());
    const parser = createDocumentParser();
    closers.push(() => parser.close());
    const ingestTools: IngestTools = {
      parser,
      followers: [
        words,
        // Kept answers may quote what is gone.
        { apply: async ({ removed }) => (removed.length > 0 ? memory.forgetAnswers() : undefined) },
      ],
      knowledge,
      vectors,
      tokens,
      embedder: models.embedder,
      maxDocumentBytes: config.max_document_bytes,
      startOfDay: (date) => instantOf(date, 0, shop.timeZone()),
      versions,
    };
    const audit = createSqliteAuditStore(database);
    const definitions = await readActionsFile(join(folder, 'actions.json'));
    const actions = createActionRunner({ actions: definitions.map(createHttpAction), audit, log: warn });
    // Measurements answer every question anew.
    const { stored_answers: keeps } = config;
    const embedder = keeps ? cachedEmbedder(models.embedder, memory.cache) : models.embedder;
    const intents = keeps ? cachedIntents(models.intents, memory.cache) : models.intents;
    const health = createSqliteHealthStore(database);
    const counted = countRetrievals(knowledge, health, log);
    closers.push(() => counted.close());
    const { fitted, stale } = await loadFittedConfidence(
      [folder, modelsDir, BUILTIN_MODELS],
      models.reader.identity,
    );
    for (const name of stale)
      log('warn', `confidence "${name}" was fitted with another reader: run "answerbox eval fit --save"`);
    const traces = createSqliteTraceStore(database, {
      limits: { days: config.trace_days, bytes: config.trace_megabytes * 1_000_000 },
      onFailure: (error) => log('warn', `a trace was not kept: ${reasonOf(error)}`),
    });
    closers.push(() => traces.flush());
    await traces.prune({ days: config.trace_days, bytes: config.trace_megabytes * 1_000_000 });
    const storedRate = await settings.get(ERROR_RATE);
    let ownRate = storedRate === null || storedRate === '' ? null : Number(storedRate);
    const confidenceAt = (rate: number | null) =>
      chooseByErrorRate(fitted.name, fitted, sampleOf(fitted), {
        mostWrong: rate ?? config.most_wrong_answers,
        byIntent: config.most_wrong_answers_by_intent,
        caveats: config.answers_with_caveat,
      });
    const answerTools: AnswerTools = {
      guard,
      knowledge: counted.knowledge,
      vectors,
      conversations,
      models: Object.assign(Object.create(models) as ModelHost, { embedder, intents }),
      tokens,
      confidence: confidenceAt(ownRate),
      traces,
      version: VERSION,
      ...(options.unchecked && { unchecked: true }),
      shop: () => shop.contact(),
      maxQuestionCharacters: config.max_question_characters,
      generateTimeoutMs: config.generate_timeout_ms,
      reuse: keeps ? createAnswerReuse(createAnswerCache(memory.cache)) : null,
      retrievals: keeps ? createRetrievalCache(memory.cache) : null,
      versions: () => sourceVersions({ ...answerTools, settings, program: VERSION }),
      sessions: memory.sessions,
      customers: memory.customers,
      actions,
      log: warn,
      detectLanguage: await loadLanguageDetector(),
      words,
      live: await openLive(),
      desk,
    };

    onProgress('Loading the models');
    await models.ready(signal);
    const { loaded, added, removed } = await vectors.catchUp(signal);
    if (!loaded || added + removed > 0)
      log('info', `vector index: ${loaded ? 'loaded' : 'built'}, ${added} added, ${removed} removed`);
    await vectors.save();
    const crawl = openCrawl({ config, jobs, sources, tools: ingestTools, wake: () => queue.wake(), log });
    closers.push(() => crawl.close());
    const isAnswering = (): boolean => models.load().running + models.load().waiting > 0;
    const queue = createIngestQueue({ jobs, tools: ingestTools, pages: crawl.pages, isAnswering, log });
    closers.push(() => queue.close());

    const healthCheck = createHealthCheck({
      knowledge,
      vectors,
      embedder: models.embedder,
      verifier: models.verifier,
      health,
      isAnswering,
      now: options.now ?? (() => new Date()),
    });
    closers.push(() => healthCheck.close());
    const upkeepTools = { store: createSqliteUpkeepStore(database), vectors, jobs, isAnswering };
    const upkeep = createUpkeep({
      quietHours: config.quiet_hours,
      timeZone: () => shop.timeZone(),
      run: (upkeepOptions) => maintain(upkeepTools, upkeepOptions),
      log,
    });
    closers.push(() => upkeep.close());

    let modelChange: { done: number; total: number } | null = choice.next ? { done: 0, total: 0 } : null;
    const identities =
      config.identity_secret === ''
        ? null
        : createIdentityVerifier({ algorithm: 'HS256', secret: config.identity_secret });
    const answering = createAnswering(answerTools);
    const liveTurns = createLiveTurns();
    const app: App = {
      version: VERSION,
      modelChange: () => modelChange,
      config,
      models,
      knowledge,
      vectors,
      catalogue,
      orders,
      products,
      conversations,
      jobs,
      sources,
      versions,
      visits: crawl.visits,
      upkeep,
      health,
      healthCheck,
      settings,
      staff,
      desk,
      analytics: createSqliteAnalyticsStore(database),
      shop,
      queue,
      parser,
      memory,
      audit,
      traces,
      fitted,
      metrics,
      answerTools,
      caches: async () => ({
        answers: { ...(answerTools.reuse?.counts ?? { exact: 0, near: 0, joined: 0, miss: 0 }) },
        caches: await memory.cache.counts(),
      }),
      identify: async (token) => {
        if (identities === null) throw new AnswerboxError('identity_not_set_up');
        return identities.verify(token);
      },
      keys: createSqliteKeyStore(database),
      identities,
      answer: (request) =>
        watchTurn(liveTurns.watch(request.message, watchAnswer(answering(request), metrics)), {
          started: (id) => desk.turnStarted(id, request.identity ?? null),
          ended: (id, how) => desk.turnEnded(id, how === 'left'),
        }),
      startConversation: (history, metadata) => startConversation(history, conversations, metadata),
      refreshProducts: async (refreshSignal) => {
        await answerTools.live.products.refresh(refreshSignal);
        await answerTools.live.sense.refresh(refreshSignal);
      },
      liveTurns: () => liveTurns.list(),
      search: (query, callOptions) => searchKnowledge(query, answerTools, callOptions),
      whyNot: async (query, documentId, { filter = {}, ...callOptions }) => {
        const document = await knowledge.getDocument(documentId);
        if (!document) throw new AnswerboxError('document_not_found', { id: documentId });
        return whyNot(query, document, answerTools, { ...callOptions, filter });
      },
      installedModels: async () => {
        const installed = await loadManifest(modelsDir);
        return { ...installed, missing: missingRoles(installed) };
      },
      verifyModels: async (verifySignal) => {
        const paths: string[] = [];
        const onFile = ({ path }: { path: string }): void => void paths.push(path);
        await verifyModels(await loadManifest(modelsDir), { signal: verifySignal, onFile });
        return paths;
      },
      describeSettings: () => describeConfig(config),
      errorRate: () =>
        ownRate === null
          ? { rate: config.most_wrong_answers, from: 'configuration' }
          : { rate: ownRate, from: 'console' },
      setErrorRate: async (rate) => {
        // Stored first: what is in force after a restart is what was answered by before it.
        await settings.set(ERROR_RATE, rate === null ? '' : String(rate));
        ownRate = rate;
        answerTools.confidence = confidenceAt(rate);
      },
      ingest: (files, ingestOptions) => ingest(files, ingestTools, ingestOptions),
      removeDocument: (id) => removeDocument(id, ingestTools),
      removeSource: (id) => removeSource(id, sources, ingestTools),
      restoreVersion: async (id, version) => {
        const jobId = await restoreVersion(id, version, { knowledge, versions, jobs });
        queue.wake();
        return jobId;
      },
      close,
    };
    const reuse = () => ({ ...answerTools.reuse?.counts });
    watchApp(metrics, { models, cache: memory.cache, knowledge, vectors, reuse, version: VERSION });
    if (config.demo) await shop.loadDemoOnce(app, onProgress);
    const changeToNext = async (next: ModelManifest, leavingSignal: AbortSignal): Promise<void> => {
      await changeModels(
        {
          store: embeddingChange,
          openHost: () => openHost(next),
          openIndex,
          isAnswering,
          switchTo: (host, index) => {
            indexes.switchTo(index, host.embedder.dimensions);
            return hosts.switchTo(host);
          },
          onProgress: (done, total) => (modelChange = { done, total }),
        },
        leavingSignal,
      );
      modelChange = null;
      log('info', `the embedder is now ${models.embedder.identity}`);
      await app.refreshProducts(leavingSignal);
    };
    // Not awaited: 100,000 products take seconds, and the first question for one waits for it anyway.
    const leaving = new AbortController();
    const derive = async (what: string, work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => {
        if (!leaving.signal.aborted) log('warn', `${what}: ${reasonOf(error)}`);
      });
    const derived = Promise.all([
      derive('product index', app.refreshProducts(leaving.signal)),
      derive('vocabulary', vocabulary.rebuild(leaving.signal)),
      derive(
        'embeddings',
        (choice.next ? changeToNext(choice.next, leaving.signal) : Promise.resolve()).then(async () => {
          const refreshed = await refreshEmbeddings(ingestTools, leaving.signal);
          if (refreshed > 0) await vectors.save();
        }),
      ),
    ]);
    closers.push(async () => {
      leaving.abort();
      await derived;
    });
    queue.start();
    if (options.followsSources) {
      crawl.start();
      upkeep.start();
      const folders = listOf(config.watch_folders);
      const watcher = watchFolders({ folders, jobs, visits: crawl.visits, wake: () => queue.wake(), log });
      closers.push(() => watcher.close());
    }
    return app;
  } catch (error) {
    await close();
    throw error;
  }
}

async function startConversation(
  history: readonly HistoryMessage[],
  conversations: ConversationStore,
  metadata: Record<string, unknown> = {},
): Promise<string> {
  const conversationId = await conversations.createConversation(metadata);
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
