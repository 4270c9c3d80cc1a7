import { join } from 'node:path';
import { createActionRunner } from '../actions/action-runner.ts';
import { createHttpAction } from '../actions/http-action.ts';
import type { HttpActionDefinition } from '../actions/http-action-definition.ts';
import type { AnswerRequest } from '../answer/answer.ts';
import { openDesk } from '../composition/open-desk.ts';
import { openStaff } from '../composition/open-staff.ts';
import { createAnswering } from '../answer/answer-in-turn.ts';
import { createAnswerCache } from '../answer/answer-cache.ts';
import type { Answer } from '../answer/answer-types.ts';
import { EXAMPLE_CONFIDENCE } from './example-confidence.ts';
import { routesWith } from '../answer/live/routes.ts';
import { DEFAULT_WEIGHTS } from '../answer/retrieval-weights.ts';
import type { AnswerTools } from '../answer/path-types.ts';
import { readPromptTemplate } from '../answer/writers/read-prompt-template.ts';
import { createRetrievalCache } from '../answer/retrieval-cache.ts';
import { createAnswerReuse } from '../answer/reuse-answers.ts';
import { sourceVersions } from '../answer/source-versions.ts';
import { createProductFinder } from '../catalogue/find-products.ts';
import { createProductSense } from '../catalogue/product-sense.ts';
import type { Reader, Reading } from '../inference/contracts.ts';
import { createFakeModelHost } from '../inference/fakes.ts';
import { createEmbeddedSource } from '../sources/embedded-source.ts';
import { createLiveFacts, factKeyOf } from '../sources/live-facts.ts';
import { createOrderGate } from '../sources/order-gate.ts';
import { openMemory } from '../stores/lmdb/open-memory.ts';
import { createSqliteAuditStore } from '../stores/sqlite/audit-store.ts';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOrderStore } from '../stores/sqlite/order-store.ts';
import { createSqliteProofAttempts } from '../stores/sqlite/proof-attempts-store.ts';
import { createSqliteSentenceStore } from '../stores/sqlite/sentence-store.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { createHnswIndex } from '../stores/vectors/hnsw-index.ts';
import { stemsOf } from '../text/content-words.ts';
import { createQueryWords } from '../understand/query-words.ts';
import { createSynonyms } from '../understand/synonyms.ts';
import { openTermVocabulary } from '../understand/term-vocabulary.ts';
import { testConfig } from './start-test-server.ts';
import { syntheticDocument } from './synthetic-knowledge.ts';
import { testGuard } from './test-guard.ts';
import { temporaryFolder } from './temporary-folder.ts';

const DIMENSIONS = 1024;
const SIGNAL = new AbortController().signal;

/** A vector of word stems: texts of the same words are near, whatever their order. */
function embedWords(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = 0.01;
  for (const stem of stemsOf(text)) {
    let place = 7;
    for (const letter of stem) place = (place * 31 + letter.charCodeAt(0)) % DIMENSIONS;
    vector[place]! += 1;
  }
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** Takes a sentence for the answer when it holds most of the question's words. */
const readWords: Reader['read'] = async (question, passages) => {
  const asked = stemsOf(question);
  const shareIn = (text: string): number => {
    const held = stemsOf(text);
    return [...asked].filter((stem) => held.has(stem)).length / Math.max(1, asked.size);
  };
  return passages.map(({ heading, text, sentences }): Reading => {
    const shares = sentences.map(({ start, end }) => shareIn(`${heading} ${text.slice(start, end)}`));
    const best = Math.max(0, ...shares);
    const span = sentences[shares.indexOf(best)];
    return {
      relevance: best,
      answerable: best >= 0.6 ? 0.99 : 0.01,
      span: span ? { ...span, logit: best * 10 } : null,
      sentenceLogits: shares.map((share) => share * 10),
    };
  });
};

export interface PathOptions {
  actions?: readonly HttpActionDefinition[];
  /** Called before each reading; may wait. */
  onRead?: () => Promise<void> | void;
  intentOf?: (vector: Float32Array) => string;
  /** The profile in sentences. */
  profile?: string;
}

/**
 * The whole question path over real stores (SQLite, LMDB, HNSW) in a temporary folder, with models of a few lines
 * that go by words alone: what the path does with what models say is tested without weights.
 */
export async function openPath({
  actions = [],
  onRead,
  intentOf = () => 'out_of_scope',
  profile = '',
}: PathOptions = {}) {
  const folder = temporaryFolder();
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  const calls = { embedded: 0, read: 0 };
  const models = createFakeModelHost({
    dimensions: DIMENSIONS,
    embed: async (texts) => {
      calls.embedded += texts.length;
      return texts.map(embedWords);
    },
    read: async (question, passages, options) => {
      calls.read += 1;
      await onRead?.();
      options?.signal?.throwIfAborted();
      return readWords(question, passages, options);
    },
    classify: async (vector) => ({
      intent: intentOf(vector),
      confidence: 0.9,
      act: 'question',
      urgency: 0,
      frustration: 0,
    }),
    withGenerator: false,
    withVerifier: false,
  });
  const knowledge = createSqliteKnowledgeStore(database);
  const catalogue = createSqliteCatalogueStore(database);
  const orders = createSqliteOrderStore(database);
  const settings = createSqliteSettingStore(database);
  const audit = createSqliteAuditStore(database);
  const vectors = createHnswIndex({
    folder: join(folder, 'vectors'),
    store: knowledge,
    embedder: models.embedder,
  });
  await vectors.catchUp();
  const vocabulary = openTermVocabulary(knowledge);
  await vocabulary.rebuild();
  const memory = await openMemory({ folder });
  const desk = await openDesk({
    database,
    folder,
    users: openStaff(database, settings).users,
    profile: () => ({ name: 'Test shop' }),
    config: testConfig(folder, { handover_rules: false }),
  });
  const facts = createLiveFacts(
    [
      createEmbeddedSource({
        name: 'catalogue',
        kinds: ['price', 'stock', 'delivery', 'order'],
        catalogue,
        orders,
      }),
    ],
    { budgetMs: 60_000 },
  );
  const products = createProductFinder(catalogue);
  const logged: string[] = [];
  const guard = testGuard();
  const tools: AnswerTools = {
    weights: DEFAULT_WEIGHTS,
    guard,
    knowledge,
    vectors,
    sentences: createSqliteSentenceStore(database),
    conversations: createSqliteConversationStore(database),
    models,
    tokens: { countTokens: (text) => text.split(/\s+/).length },
    confidence: EXAMPLE_CONFIDENCE,
    traces: null,
    version: '0.0.0',
    shop: () => ({ name: 'Test shop', email: null, phone: null }),
    maxQuestionCharacters: 4_000,
    facts: () => ({ name: 'Test shop', email: null, phone: null, url: null, hours: '', text: profile }),
    writing: {
      builtin: {
        template: await readPromptTemplate('numbered-passages', ['data/prompts']),
        answerTokens: 120,
      },
      large: null,
      timeoutMs: 60_000,
      regenerates: false,
    },
    detectLanguage: () => ({ language: 'en', sure: true }) as never,
    words: createQueryWords(vocabulary, createSynonyms([])),
    live: {
      guard,
      products,
      sense: createProductSense(catalogue, models.embedder),
      facts,
      orders: createOrderGate({
        attempts: createSqliteProofAttempts(database),
        readOrder: async (key, signal) => {
          const read = await facts.read([{ kind: 'order', key }], { signal });
          return read.get(factKeyOf({ kind: 'order', key })) ?? { outcome: 'unknown' };
        },
      }),
      hours: () => null,
      orderPrefix: async () => ((await orders.counts()).orders > 0 ? 'MO' : null),
      version: async () => JSON.stringify([(await catalogue.counts()).version, products.version()]),
      routeOf: routesWith({}),
      timeZone: () => 'UTC',
      now: () => new Date('2026-11-21T12:00:00Z'),
    },
    desk,
    reuse: createAnswerReuse(createAnswerCache(memory.cache)),
    retrievals: createRetrievalCache(memory.cache),
    versions: () => sourceVersions({ ...tools, settings, program: 'test' }),
    sessions: memory.sessions,
    customers: memory.customers,
    actions: createActionRunner({ actions: actions.map(createHttpAction), audit }),
    log: (_, message) => void logged.push(message),
  };
  const answer = createAnswering(tools);
  return {
    folder,
    tools,
    memory,
    settings,
    catalogue,
    orders,
    audit,
    calls,
    logged,
    ask: (message: string, more: Partial<AnswerRequest> = {}): Promise<Answer> =>
      wholeAnswer(answer({ message, signal: SIGNAL, ...more })),
    /** Stores a document of these paragraphs in the place of the one before. */
    write: async (source: string, paragraphs: readonly string[]): Promise<void> => {
      const embeddings = paragraphs.map((paragraph) => embedWords(`${source} ${paragraph}`));
      const { identity } = models.embedder;
      const change = await knowledge.putDocument(
        syntheticDocument(source, paragraphs, { embeddings, embedder: identity }),
      );
      await tools.words.apply(change);
      await vectors.apply(change);
    },
    close: async (): Promise<void> => {
      await desk.close();
      await memory.close();
      database.close();
    },
  };
}

export type OpenPath = Awaited<ReturnType<typeof openPath>>;

async function wholeAnswer(events: AsyncGenerator<unknown, Answer>): Promise<Answer> {
  for (;;) {
    const step = await events.next();
    if (step.done === true) return step.value;
  }
}
