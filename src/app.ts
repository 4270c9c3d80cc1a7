import type { FittedConfidence } from './answer/decide/fitted-confidence.ts';
import type { AnswerTools } from './answer/path-types.ts';
import { readOidcSettings } from './auth/oidc-settings.ts';
import type { Backups } from './backup/backups.ts';
import type { ProductFinder } from './catalogue/find-products.ts';
import { createAsking, type Asking } from './composition/create-asking.ts';
import { createDerivation, type ModelChange } from './composition/derive-in-background.ts';
import { openAnswering } from './composition/open-answering.ts';
import { openBackups } from './composition/open-backups.ts';
import { openDesk, tellingConversations } from './composition/open-desk.ts';
import { openIngestion, type Ingestion } from './composition/open-ingestion.ts';
import { catchUpIndex, openKnowledge } from './composition/open-knowledge.ts';
import { refreshProducts } from './composition/open-live.ts';
import { checkModels, openModels } from './composition/open-models.ts';
import { openOwnerTools, type OwnerTools } from './composition/owner-tools.ts';
import { openPrivacy, type Privacy } from './composition/open-privacy.ts';
import { openStaff, type Staff } from './composition/open-staff.ts';
import {
  lockDataFolder,
  openShortMemory,
  openStores,
  type Memory,
  type Stores,
} from './composition/open-stores.ts';
import { openUpkeep, type QuietWork } from './composition/open-upkeep.ts';
import { openWriting } from './composition/open-writing.ts';
import { beginOpening, type Opening, type OpenOptions } from './composition/opening.ts';
import { VERSION } from './composition/package-files.ts';
import type { Config } from './config.ts';
import type { Desk } from './desk/desk.ts';
import type { Faults } from './faults/faults.ts';
import type { ModelHost } from './inference/contracts.ts';
import type { DocumentParser } from './ingest/parser/parser-contracts.ts';
import type { Pictures } from './ingest/pictures/pictures.ts';
import type { Summaries } from './ingest/summaries/summaries.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { watchApp } from './observability/watch-app.ts';
import { createShop, type Shop } from './shop/shop.ts';
import type { TraceStore, VectorIndex } from './stores/contracts.ts';

/** Everything the server and the command line do, without HTTP. */
export interface App extends Stores, Ingestion, Asking, QuietWork, OwnerTools {
  readonly version: string;
  readonly config: Config;
  readonly models: ModelHost;
  readonly vectors: VectorIndex;
  /** Of long documents; searched with every question. */
  readonly summaries: Summaries;
  /** Null where no model of pictures is installed. */
  readonly pictures: Pictures | null;
  readonly products: ProductFinder;
  /** Null when no new embedder is taking over. */
  modelChange(): ModelChange | null;
  readonly staff: Staff;
  readonly desk: Desk;
  readonly privacy: Privacy;
  readonly shop: Shop;
  /** Reads files apart from this process. */
  readonly parser: DocumentParser;
  readonly memory: Memory;
  /** How answers came about; staff only. */
  readonly traces: TraceStore;
  /** What confidence was fitted on, for previews of the owner's error rates. */
  readonly fitted: FittedConfidence;
  readonly metrics: Metrics;
  readonly backups: Backups;
  /** What works worse than it should. */
  readonly faults: Faults;
  /** What the question path works with. */
  readonly answerTools: AnswerTools;
  /** Makes the vectors of sentences that are missing; done in the background after every ingest. */
  indexSentences(signal?: AbortSignal): Promise<void>;
  /** Brings what is derived from the catalogue to what it holds; done in the background after every import. */
  refreshProducts(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * The composition root. Resolves when the models are loaded and the index holds what the store holds; what was
 * opened until a failure is closed again.
 * @throws data_folder_*, store_damaged, model_missing, model_damaged, model_failed, cancelled
 */
export async function openApp(config: Config, options: OpenOptions = {}): Promise<App> {
  const opening = beginOpening(config, options);
  try {
    return await openParts(opening, options.followsSources ?? false);
  } catch (error) {
    await opening.close();
    throw error;
  }
}

/** Each part in the order in which it is opened; they are closed in the opposite one. */
async function openParts(opening: Opening, followsSources: boolean): Promise<App> {
  const { config, folder, demoFolder, log, now, onProgress } = opening;
  await lockDataFolder(opening);
  const checked = await checkModels(opening);
  const { database, stores } = openStores(opening);
  const metrics = createMetrics();
  const inference = await openModels(opening, checked, database, metrics);
  const { models, isAnswering } = inference;

  const shop = await createShop({ folder, demoFolder, settings: stores.settings });
  const { settings, audit } = stores;
  const requireSecondFactor = config.require_second_factor;
  const oidc = readOidcSettings(config);
  const staff = openStaff(database, settings, { audit, log, requireSecondFactor, oidc });
  opening.onClose(() => staff.oidc?.close());
  const profile = () => shop.profile();
  const desk = await openDesk({ database, folder, users: staff.users, profile, config, now, log });
  opening.onClose(() => desk.close());
  const conversations = tellingConversations(stores.conversations, desk);

  const memory = await openShortMemory(opening, desk.tools.customers);
  const knowledge = await openKnowledge(opening, { database, stores, models, shop, memory });
  const { vectors, summaries, pictures, parser, ingestTools } = knowledge;
  const writing = await openWriting(opening, checked.manifest, metrics, !followsSources);
  const shared = { database, stores, models, shop, desk, memory };
  const answering = await openAnswering(opening, { ...shared, conversations, writing, knowledge });
  const { answerTools, fitted } = answering;
  const ownerTools = await openOwnerTools(opening, { settings: stores.settings, answerTools, fitted });

  await catchUpIndex(opening, models, vectors);
  const { ingestion, follow } = openIngestion(opening, { stores, ingestTools, isAnswering });
  const { traces } = answering;
  const kept = { database, folder, memory, staff, settings, traces, isAnswering, now };
  const privacy = openPrivacy({ ...kept, days: config, rotation: config, faults: opening.faults });
  const erased = await privacy.applyEraseList();
  if (erased > 0) log('info', `${erased} erased persons were found again and erased once more`);
  const quietWork = openUpkeep(opening, { database, stores, inference, vectors, shop, privacy });
  const refresh = (signal?: AbortSignal): Promise<void> => refreshProducts(answerTools.live, signal);
  const safety = openBackups(opening, database, memory);
  const derivation = createDerivation(opening, { inference, knowledge, refreshProducts: refresh });

  const app: App = {
    ...stores,
    ...ingestion,
    ...quietWork,
    ...answering,
    ...ownerTools,
    ...createAsking(config, { answerTools, uncounted: stores.knowledge, desk, memory, metrics }),
    version: VERSION,
    config,
    models,
    vectors,
    summaries,
    pictures,
    products: answerTools.live.products,
    modelChange: () => derivation.modelChange(),
    staff,
    desk,
    privacy,
    conversations,
    shop,
    parser,
    memory,
    metrics,
    backups: safety.backups,
    faults: opening.faults,
    refreshProducts: refresh,
    indexSentences: (signal) => knowledge.sentenceIndex.catchUp(signal),
    close: () => opening.close(),
  };
  const reuse = () => ({ ...answerTools.reuse?.counts });
  watchApp(metrics, {
    models,
    cache: memory.cache,
    knowledge: stores.knowledge,
    vectors,
    reuse,
    version: VERSION,
  });

  if (config.demo) await shop.loadDemoOnce(app, onProgress);
  derivation.start();
  ingestion.queue.start();
  if (followsSources) {
    follow();
    quietWork.upkeep.start();
    quietWork.retention.start();
    safety.watch();
  }
  return app;
}
