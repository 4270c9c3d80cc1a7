import { cacheSuite } from '../stores/suites/cache.suite.ts';
import { customerMemorySuite } from '../stores/suites/customer-memory.suite.ts';
import { sessionStoreSuite } from '../stores/suites/session-store.suite.ts';
import {
  createVolatileCache,
  createVolatileCustomerMemory,
  createVolatileSessionStore,
} from './volatile-stores.ts';

const close = (): void => undefined;

cacheSuite('A map', async (options) => ({ store: createVolatileCache(options), close }));
sessionStoreSuite('A map', async (options) => ({ store: createVolatileSessionStore(options), close }));
customerMemorySuite('A map', async (options) => ({ store: createVolatileCustomerMemory(options), close }));
