import {
  CACHES,
  type Allowance,
  type AllowanceStore,
  type Cache,
  type CacheName,
  type CustomerFact,
  type CustomerMemory,
  type Session,
  type SessionStore,
} from '../stores/memory-contracts.ts';
import { CACHE_LIMITS, CUSTOMER_FACTS, SESSIONS, type CacheLimit } from '../stores/lmdb/memory-settings.ts';
import { AnswerboxError } from '../errors.ts';

/** The contracts of src/stores/memory-contracts.ts over plain maps, for tests that need no file. */

export function createVolatileCache({
  now = Date.now,
  limits = CACHE_LIMITS,
}: { now?: () => number; limits?: Readonly<Record<CacheName, CacheLimit>> } = {}): Cache {
  interface Entry {
    versions: string;
    time: number;
    value: Uint8Array;
  }
  const map = (): Map<string, Entry> => new Map();
  const entries = { embedding: map(), intent: map(), retrieval: map(), answer: map() };
  const lookups = {
    embedding: { hits: 0, misses: 0 },
    intent: { hits: 0, misses: 0 },
    retrieval: { hits: 0, misses: 0 },
    answer: { hits: 0, misses: 0 },
  };
  const find = (name: CacheName, key: string, versions: string): Uint8Array | null => {
    const entry = entries[name].get(key);
    if (entry?.versions !== versions || now() - entry.time >= limits[name].timeToLive) return null;
    entries[name].delete(key);
    entries[name].set(key, entry);
    return entry.value.slice();
  };
  return {
    get: async (name, key, versions) => {
      const value = find(name, key, versions);
      lookups[name][value === null ? 'misses' : 'hits'] += 1;
      return value;
    },
    put: async (name, key, versions, value) => {
      const cache = entries[name];
      cache.delete(key);
      if (value.length > limits[name].valueBytes) return;
      cache.set(key, { versions, time: now(), value: value.slice() });
      const [oldest] = cache.keys();
      if (cache.size > limits[name].entries && oldest !== undefined) cache.delete(oldest);
    },
    clear: async (name) => {
      for (const cleared of name ? [name] : CACHES) entries[cleared].clear();
    },
    counts: async () => ({
      embedding: { entries: entries.embedding.size, ...lookups.embedding },
      intent: { entries: entries.intent.size, ...lookups.intent },
      retrieval: { entries: entries.retrieval.size, ...lookups.retrieval },
      answer: { entries: entries.answer.size, ...lookups.answer },
    }),
  };
}

export function createVolatileSessionStore({
  now = Date.now,
  timeToLive = SESSIONS.timeToLive,
}: { now?: () => number; timeToLive?: number } = {}): SessionStore {
  const sessions = new Map<string, { time: number; session: Session }>();
  return {
    get: async (conversationId) => {
      const kept = sessions.get(conversationId);
      return kept === undefined || now() - kept.time >= timeToLive ? null : structuredClone(kept.session);
    },
    put: async (session) => {
      sessions.set(session.conversationId, { time: now(), session: structuredClone(session) });
    },
    remove: async (conversationId) => void sessions.delete(conversationId),
  };
}

export function createVolatileCustomerMemory({
  now = Date.now,
}: { now?: () => number } = {}): CustomerMemory {
  const customers = new Map<string, CustomerFact[]>();
  return {
    setConsent: async (customerId, given) => {
      if (!given) customers.delete(customerId);
      else if (!customers.has(customerId)) customers.set(customerId, []);
    },
    hasConsent: async (customerId) => customers.has(customerId),
    note: async (customerId, { name, value }) => {
      const tooLong =
        name.length > CUSTOMER_FACTS.nameCharacters || value.length > CUSTOMER_FACTS.valueCharacters;
      if (name === '' || tooLong)
        throw new AnswerboxError('request_invalid', { reason: 'the fact is too long' });
      const facts = customers.get(customerId);
      if (facts === undefined) return false;
      const others = facts.filter((fact) => fact.name !== name);
      const added = [...others, { name, value, notedAt: new Date(now()).toISOString() }];
      customers.set(customerId, added.slice(-CUSTOMER_FACTS.most));
      return true;
    },
    facts: async (customerId) => structuredClone(customers.get(customerId) ?? []),
    erase: async (customerId) => void customers.delete(customerId),
    forget: async (customerIds) => customerIds.forEach((customerId) => customers.delete(customerId)),
  };
}

export function createVolatileAllowances(): AllowanceStore {
  const kept = new Map<string, Allowance>();
  return {
    get: async (key) => kept.get(key) ?? null,
    put: (key, allowance) => void kept.set(key, allowance),
  };
}
