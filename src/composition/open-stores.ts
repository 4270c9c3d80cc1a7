import { recordingConsent } from '../desk/record-consent.ts';
import type { AnalyticsStore } from '../stores/analytics-contracts.ts';
import type { CatalogueStore, OrderStore } from '../stores/catalogue-contracts.ts';
import type {
  AuditStore,
  ConversationStore,
  KeyStore,
  KnowledgeStore,
  SettingStore,
} from '../stores/contracts.ts';
import type { CustomerStore } from '../stores/customer-contracts.ts';
import type { DisabledStore } from '../stores/disabled-contracts.ts';
import type { HealthStore } from '../stores/health-contracts.ts';
import type { JobStore } from '../stores/job-contracts.ts';
import type { SentenceStore } from '../stores/sentence-contracts.ts';
import type { SourceStore, VersionStore } from '../stores/sync-contracts.ts';
import { openMemory, type Memory } from '../stores/lmdb/open-memory.ts';
import { createSqliteAnalyticsStore } from '../stores/sqlite/analytics-store.ts';
import { createSqliteAuditStore } from '../stores/sqlite/audit-store.ts';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { dropOldSchemaCopies } from '../stores/sqlite/copy-before-migration.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { createSqliteDisabledStore } from '../stores/sqlite/disabled-store.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { createSqliteJobStore } from '../stores/sqlite/job-store.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOrderStore } from '../stores/sqlite/order-store.ts';
import { createSqliteSentenceStore } from '../stores/sqlite/sentence-store.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { createSqliteSourceStore } from '../stores/sqlite/source-store.ts';
import { createSqliteVersionStore } from '../stores/sqlite/version-store.ts';
import { switchOffline } from '../outbound/outbound-switch.ts';
import { sealPlainSecrets } from '../stores/sqlite/rotate-keys.ts';
import { holdFolder } from './open-backups.ts';
import { openSealedDatabase } from './open-sealed-database.ts';
import type { Opening } from './opening.ts';

export type { Memory };

/** Stores that more than one part works with. A store of one part alone is made where that part is opened. */
export interface Stores {
  readonly knowledge: KnowledgeStore;
  /** Vectors of the sentences of each passage. */
  readonly sentences: SentenceStore;
  readonly catalogue: CatalogueStore;
  readonly orders: OrderStore;
  readonly conversations: ConversationStore;
  readonly jobs: JobStore;
  readonly sources: SourceStore;
  readonly versions: VersionStore;
  readonly disabled: DisabledStore;
  readonly health: HealthStore;
  readonly keys: KeyStore;
  readonly settings: SettingStore;
  readonly analytics: AnalyticsStore;
  /** What was tried to be changed, by whom, and what came of it. */
  readonly audit: AuditStore;
}

/** Nobody else may write into the data folder from now on, and nothing leaves when it may not. @throws data_folder_* */
export async function lockDataFolder({ config, folder, onClose }: Opening): Promise<void> {
  if (config.offline) onClose(switchOffline());
  const lock = await holdFolder(folder);
  onClose(() => lock.release());
}

/** @throws store_damaged, storage_full, storage_failed, encryption_key_* */
export function openStores({ config, folder, log, onClose }: Opening): {
  database: SqliteDatabase;
  stores: Stores;
} {
  const { database } = openSealedDatabase(config);
  onClose(() => void database.close());
  const sealed = sealPlainSecrets(database);
  if (sealed > 0) log('info', `${sealed} secrets that lay in the open are encrypted now`);
  dropOldSchemaCopies(folder, new Date());
  const stores: Stores = {
    knowledge: createSqliteKnowledgeStore(database),
    sentences: createSqliteSentenceStore(database),
    catalogue: createSqliteCatalogueStore(database),
    orders: createSqliteOrderStore(database),
    conversations: createSqliteConversationStore(database),
    jobs: createSqliteJobStore(database),
    sources: createSqliteSourceStore(database),
    versions: createSqliteVersionStore(database),
    disabled: createSqliteDisabledStore(database),
    health: createSqliteHealthStore(database),
    keys: createSqliteKeyStore(database),
    settings: createSqliteSettingStore(database),
    analytics: createSqliteAnalyticsStore(database),
    audit: createSqliteAuditStore(database),
  };
  return { database, stores };
}

/** Sessions, what is remembered of customers, kept answers: what may be forgotten. */
export async function openShortMemory(
  { folder, log, faults, signal, onClose }: Opening,
  customers: CustomerStore,
): Promise<Memory> {
  const memory = await openMemory({
    folder,
    log: (level, message) => {
      log(level, `memory: ${message}`);
      if (level === 'error')
        faults.report(
          'memory',
          'healed',
          'a damaged store of sessions or caches was moved aside and begun anew',
        );
    },
    ...(signal && { signal }),
  });
  onClose(() => memory.close());
  return { ...memory, customers: recordingConsent(memory.customers, customers) };
}
