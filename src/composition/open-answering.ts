import { join } from 'node:path';
import { createActionRunner } from '../actions/action-runner.ts';
import { createHttpAction } from '../actions/http-action.ts';
import { readActionsFile } from '../actions/read-actions-file.ts';
import { createAnswerCache } from '../answer/answer-cache.ts';
import { loadFittedConfidence, type FittedConfidence } from '../answer/decide/fitted-confidence.ts';
import { cachedEmbedder } from '../answer/embedding-cache.ts';
import { cachedIntents } from '../answer/intent-cache.ts';
import type { AnswerTools } from '../answer/path-types.ts';
import { createRetrievalCache } from '../answer/retrieval-cache.ts';
import type { HintFinder } from '../answer/retrieval-hints.ts';
import { DEFAULT_WEIGHTS } from '../answer/retrieval-weights.ts';
import { createAnswerReuse } from '../answer/reuse-answers.ts';
import { sourceVersions } from '../answer/source-versions.ts';
import type { Writing } from '../answer/writers/writer-types.ts';
import { conversationAudit } from '../audit/conversation-audit.ts';
import { createPseudonyms } from '../audit/pseudonyms.ts';
import type { Desk } from '../desk/desk.ts';
import { hasCode, reasonOf } from '../errors.ts';
import { readGuardFile } from '../guard/guard-file.ts';
import { createGuard, type Guard } from '../guard/guard.ts';
import type { ModelHost } from '../inference/contracts.ts';
import { countRetrievals } from '../knowledge/count-retrievals.ts';
import type { Shop } from '../shop/shop.ts';
import type { ConversationStore, TraceStore } from '../stores/contracts.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteTraceStore } from '../stores/sqlite/trace-store.ts';
import { loadLanguageDetector } from '../understand/detect-language.ts';
import { openLive } from './open-live.ts';
import type { Knowledge } from './open-knowledge.ts';
import type { Memory, Stores } from './open-stores.ts';
import type { Opening } from './opening.ts';
import { confidenceAt } from './owner-tools.ts';
import { BUILTIN_MODELS, VERSION } from './package-files.ts';

export interface AnsweringParts {
  database: SqliteDatabase;
  stores: Stores;
  /** Those that tell the desk. */
  conversations: ConversationStore;
  writing: Writing;
  models: ModelHost;
  shop: Shop;
  desk: Desk;
  memory: Memory;
  knowledge: Knowledge;
}

export interface Answering {
  /** What the question path works with. */
  answerTools: AnswerTools;
  /** How answers came about; staff only. */
  traces: TraceStore;
  /** What confidence was fitted on, for previews of the owner's error rates. */
  fitted: FittedConfidence;
}

export async function openAnswering(opening: Opening, parts: AnsweringParts): Promise<Answering> {
  const { config, folder, log, onClose } = opening;
  const { stores, conversations, models, writing, shop, desk, memory, knowledge } = parts;
  const guard = await openGuard(opening, parts);
  const definitions = await readActionsFile(join(folder, 'actions.json'));
  const counted = countRetrievals(stores.knowledge, stores.health, log);
  onClose(() => counted.close());
  const fitted = await readFitted(opening, models);
  const traces = await openTraces(opening, parts.database);
  const answerTools: AnswerTools = {
    weights: DEFAULT_WEIGHTS,
    guard,
    knowledge: counted.knowledge,
    vectors: knowledge.vectors,
    sentences: stores.sentences,
    hints: [knowledge.summaries, ...(knowledge.pictures ? [quietly(knowledge.pictures, log)] : [])],
    conversations,
    tokens: knowledge.tokens,
    confidence: confidenceAt(config.most_wrong_answers, config, fitted),
    traces,
    version: VERSION,
    ...(opening.unchecked && { unchecked: true }),
    shop: () => shop.contact(),
    facts: () => shop.facts(),
    maxQuestionCharacters: config.max_question_characters,
    writing,
    ...keptOf(config.stored_answers, models, memory),
    versions: () => sourceVersions({ ...answerTools, settings: stores.settings, program: VERSION }),
    sessions: memory.sessions,
    customers: memory.customers,
    actions: createActionRunner({
      actions: definitions.map(createHttpAction),
      audit: conversationAudit(stores.audit, createPseudonyms(stores.settings)),
      log,
    }),
    log,
    detectLanguage: await loadLanguageDetector(),
    words: knowledge.words,
    live: await openLive(opening, { ...parts, guard }),
    desk,
  };
  return { answerTools, traces, fitted };
}

/** A question is answered without its pictures when their model fails. */
function quietly(finder: HintFinder, log: Opening['log']): HintFinder {
  return {
    version: () => finder.version(),
    find: (query, options) =>
      finder.find(query, options).catch((error: unknown) => {
        if (hasCode(error, 'cancelled')) throw error;
        log('warn', `pictures: ${reasonOf(error)}`);
        return [];
      }),
  };
}

/** The models, and what spares asking them again. Measurements answer every question anew. */
function keptOf(
  keeps: boolean,
  models: ModelHost,
  { cache }: Memory,
): Pick<AnswerTools, 'models' | 'reuse' | 'retrievals'> {
  if (!keeps) return { models, reuse: null, retrievals: null };
  return {
    models: Object.assign(Object.create(models) as ModelHost, {
      embedder: cachedEmbedder(models.embedder, cache),
      intents: cachedIntents(models.intents, cache),
    }),
    reuse: createAnswerReuse(createAnswerCache(cache)),
    retrievals: createRetrievalCache(cache),
  };
}

async function openGuard({ folder, log }: Opening, { shop, writing }: AnsweringParts): Promise<Guard> {
  return createGuard(
    {
      contact: () => ({ ...shop.contact(), url: shop.profile().url ?? null }),
      file: await readGuardFile(folder),
      log: (message) => log('warn', message),
    },
    [writing.builtin, ...(writing.large ? [writing.large] : [])].map(({ template }) => template.system),
  );
}

async function readFitted(
  { folder, modelsDir, log }: Opening,
  { reader }: ModelHost,
): Promise<FittedConfidence> {
  const { fitted, stale } = await loadFittedConfidence([folder, modelsDir, BUILTIN_MODELS], reader.identity);
  for (const name of stale)
    log(
      'warn',
      `confidence "${name}" was fitted with another reader or by an earlier version: run "answerbox eval fit --save"`,
    );
  return fitted;
}

async function openTraces({ config, log, onClose }: Opening, database: SqliteDatabase): Promise<TraceStore> {
  const limits = { days: config.trace_days, bytes: config.trace_megabytes * 1_000_000 };
  const traces = createSqliteTraceStore(database, {
    limits,
    onFailure: (error) => log('warn', `a trace was not kept: ${reasonOf(error)}`),
  });
  onClose(() => traces.flush());
  // Their age is retention's matter, which doubts a clock that jumped; none are kept where none are wanted.
  await traces.prune({ ...limits, days: limits.days === 0 ? 0 : Infinity });
  return traces;
}
