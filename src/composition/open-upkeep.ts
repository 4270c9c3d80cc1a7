import { createDuplicatePassages, type DuplicatePassages } from '../knowledge/duplicate-passages.ts';
import { createHealthCheck, type HealthCheck } from '../knowledge/health-check.ts';
import { createRetentionSchedule, type RetentionSchedule } from '../privacy/retention-schedule.ts';
import type { Shop } from '../shop/shop.ts';
import type { VectorIndex } from '../stores/contracts.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteUpkeepStore } from '../stores/sqlite/upkeep-store.ts';
import { maintain } from '../upkeep/maintain.ts';
import { createUpkeep, type Upkeep } from '../upkeep/upkeep-schedule.ts';
import type { Privacy } from './open-privacy.ts';
import type { Inference } from './open-models.ts';
import type { Opening } from './opening.ts';
import type { Stores } from './open-stores.ts';

/** What is done while nobody asks: the documents' health, and upkeep of the stores. */
export interface QuietWork {
  readonly healthCheck: HealthCheck;
  readonly duplicates: DuplicatePassages;
  readonly upkeep: Upkeep;
  readonly retention: RetentionSchedule;
}

export interface QuietWorkParts {
  database: SqliteDatabase;
  stores: Stores;
  inference: Inference;
  vectors: VectorIndex;
  shop: Shop;
  privacy: Privacy;
}

export function openUpkeep(
  { config, now, log, faults, onClose }: Opening,
  { database, stores, inference: { models, isAnswering }, vectors, shop, privacy }: QuietWorkParts,
): QuietWork {
  const healthCheck = createHealthCheck({
    knowledge: stores.knowledge,
    vectors,
    embedder: models.embedder,
    verifier: models.verifier,
    health: stores.health,
    isAnswering,
    now,
  });
  onClose(() => healthCheck.close());
  const retention = createRetentionSchedule({
    runRetention: (options) => privacy.runRetention(options),
    settings: stores.settings,
    faults,
    isAnswering,
    now,
    log,
  });
  onClose(() => retention.close());
  const tools = { store: createSqliteUpkeepStore(database), vectors, jobs: stores.jobs, isAnswering };
  const upkeep = createUpkeep({
    quietHours: config.quiet_hours,
    timeZone: () => shop.timeZone(),
    run: async (options) => {
      // What keeps it from running is told as a fault, and does not keep the indexes from their upkeep.
      await retention.run(options.signal);
      return maintain(tools, options);
    },
    afterwards: (signal) => healthCheck.run(signal),
    log,
  });
  onClose(() => upkeep.close());
  return { healthCheck, duplicates: createDuplicatePassages(stores.knowledge), upkeep, retention };
}
