import { AnswerboxError } from '../../errors.ts';
import type { CustomerFact, CustomerMemory } from '../memory-contracts.ts';
import type { Environment } from './environment.ts';
import type { Clock, Table } from './environment-types.ts';
import { CUSTOMER_FACTS } from './memory-settings.ts';
import { decodeJsonRecord, encodeJsonRecord } from './record.ts';
import { recordKey } from './record-key.ts';

export const CUSTOMER_TABLE = 'customers';

/** A customer has a record from the moment of consent; without consent there is none. */
interface CustomerRecord {
  consentAt: string;
  facts: CustomerFact[];
}

/**
 * Facts of customers in LMDB, in an environment opened as `durable`: what was acknowledged is on the disk.
 *
 * LMDB never overwrites: the bytes of a removed record stay in free pages of the file until those are used again.
 * So to erase writes the file anew and drops the old one. What the disk itself keeps of a dropped file (flash
 * blocks, snapshots of the file system, earlier backups) is out of reach from here.
 */
export function createLmdbCustomerMemory(
  environment: Environment,
  { now = Date.now }: { now?: Clock } = {},
): CustomerMemory {
  const forget = (customerIds: readonly string[]): Promise<void> =>
    environment.use(async (tables) => {
      const table = tables(CUSTOMER_TABLE);
      await Promise.all(customerIds.map((customerId) => table.remove(recordKey(customerId))));
      await table.flushed;
    });
  const erase = async (customerId: string): Promise<void> => {
    await forget([customerId]);
    // Also when there was no record: facts that were replaced or pushed out lie in free pages as well.
    await environment.rewrite();
  };
  const readCustomer = (customerId: string): Promise<CustomerRecord | null> =>
    environment.use((tables) => read(tables(CUSTOMER_TABLE), recordKey(customerId)));

  return {
    setConsent: (customerId, given) =>
      given ? giveConsent(environment, recordKey(customerId), now) : erase(customerId),
    hasConsent: async (customerId) => (await readCustomer(customerId)) !== null,
    note: async (customerId, fact) => {
      checkFact(fact);
      return await addFact(environment, recordKey(customerId), fact, now);
    },
    facts: async (customerId) => (await readCustomer(customerId))?.facts ?? [],
    erase,
    forget,
  };
}

function giveConsent(environment: Environment, key: Buffer, now: Clock): Promise<void> {
  return change(environment, key, now, (record) => record ?? { consentAt: isoTime(now), facts: [] });
}

async function addFact(
  environment: Environment,
  key: Buffer,
  { name, value }: { name: string; value: string },
  now: Clock,
): Promise<boolean> {
  let kept = false;
  await change(environment, key, now, (record) => {
    kept = record !== null;
    if (record === null) return null;
    const others = record.facts.filter((fact) => fact.name !== name);
    const facts = [...others, { name, value, notedAt: isoTime(now) }].slice(-CUSTOMER_FACTS.most);
    return { ...record, facts };
  });
  return kept;
}

/** Read and write in one transaction, or two facts noted at once would be one. */
function change(
  environment: Environment,
  key: Buffer,
  now: Clock,
  edit: (record: CustomerRecord | null) => CustomerRecord | null,
): Promise<void> {
  return environment.use(async (tables) => {
    const table = tables(CUSTOMER_TABLE);
    await table.transaction(() => {
      const edited = edit(read(table, key));
      if (edited !== null) void table.put(key, encodeJsonRecord(now(), edited));
    });
    await table.flushed;
  });
}

function read(table: Table, key: Buffer): CustomerRecord | null {
  const bytes = table.getBinary(key);
  return (bytes && decodeJsonRecord<CustomerRecord>(bytes)?.content) ?? null;
}

function isoTime(now: Clock): string {
  return new Date(now()).toISOString();
}

/** @throws request_invalid */
function checkFact({ name, value }: { name: string; value: string }): void {
  const { nameCharacters, valueCharacters } = CUSTOMER_FACTS;
  if (name.length === 0 || name.length > nameCharacters) {
    const reason = `a fact's name has 1 to ${nameCharacters} characters, this one ${name.length}`;
    throw new AnswerboxError('request_invalid', { reason });
  }
  if (value.length > valueCharacters) {
    const reason = `a fact's value has at most ${valueCharacters} characters, this one ${value.length}`;
    throw new AnswerboxError('request_invalid', { reason });
  }
}
