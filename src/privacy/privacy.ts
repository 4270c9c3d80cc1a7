import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Pseudonyms } from '../audit/pseudonyms.ts';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import type { SettingStore, TraceStore } from '../stores/contracts.ts';
import type { OlderBackup } from '../stores/backup-contracts.ts';
import type { CustomerMemory, SessionStore } from '../stores/memory-contracts.ts';
import type { Person, PrivacyStore, RowCounts } from '../stores/privacy-contracts.ts';
import type { EraseList } from './erase-list.ts';

/** The part of what may be forgotten that can name a person. */
export interface PersonalMemory {
  sessions: SessionStore;
  customers: CustomerMemory;
  forgetQuestions(): Promise<void>;
  dropRemovedBytes(): Promise<void>;
}

export interface PrivacyTools {
  folder: string;
  store: PrivacyStore;
  memory: PersonalMemory;
  /** Null where nothing is being answered. */
  traces: Pick<TraceStore, 'flush'> | null;
  settings: SettingStore;
  trail: AuditTrail;
  pseudonyms: Pseudonyms;
  eraseList: EraseList;
  /** Removes the copies of the whole database that were made before its schema changed. */
  dropSchemaCopies: () => void;
  /** Backups by schedule that are there. */
  olderBackups: () => Promise<OlderBackup[]>;
  now: () => Date;
}

export interface PersonPlan {
  /** How the audit knows the person. */
  person: string;
  /** Rows by what they are. */
  held: RowCounts;
  /** Facts that they agreed to have remembered. */
  facts: number;
  /** Documents of the shop that name them: not changed from here. */
  documents: number;
}

/** What an export is: one JSON document. */
export interface PersonExport extends PersonPlan {
  exported_at: string;
  data: Record<string, unknown>;
}

export interface EraseReceipt {
  person: string;
  erased_at: string;
  removed: RowCounts;
  /** Backups by schedule that were made before, in which the person may be still. */
  backups: OlderBackup[];
  /** What this does not reach, in words. */
  not_covered: string[];
}

export const APPLIED_SETTING = 'erase_list_applied';

/** @param who id, e-mail address or number of a customer. @throws person_not_found */
export async function findWho(who: string, { store }: PrivacyTools): Promise<Person> {
  const wanted = who.trim();
  const person =
    wanted === ''
      ? null
      : await store.find({
          customers: [wanted],
          subjects: [wanted],
          ...(wanted.includes('@') && { emails: [wanted] }),
        });
  if (!person) throw new AnswerboxError('person_not_found');
  return person;
}

/** What is held, before anything is done with it. @throws person_not_found */
export async function planPerson(who: string, tools: PrivacyTools): Promise<PersonPlan> {
  return planOf(await findWho(who, tools), tools);
}

/** @throws person_not_found */
export async function exportPerson(who: string, tools: PrivacyTools): Promise<PersonExport> {
  await tools.traces?.flush();
  const person = await findWho(who, tools);
  const facts = await factsOf(person, tools);
  const sessions = [];
  for (const id of person.conversations) {
    const session = await tools.memory.sessions.get(id);
    if (session) sessions.push({ ...session, conversationId: undefined });
  }
  return {
    ...(await planOf(person, tools)),
    exported_at: tools.now().toISOString(),
    data: { ...(await tools.store.read(person)), facts, sessions },
  };
}

/**
 * Everything held of a person, gone: first the list that keeps them from coming back, then rows, sessions, facts
 * and caches, then the bytes. Broken off anywhere, the next start goes on.
 * The list goes beside the backups too; where it cannot, the receipt says so, and the next start tries again.
 * @throws person_not_found, storage_*
 */
export async function erasePerson(
  who: string,
  tools: PrivacyTools,
  signal?: AbortSignal,
): Promise<EraseReceipt> {
  const person = await findWho(who, tools);
  throwIfCancelled(signal);
  const at = tools.now().toISOString();
  await tools.eraseList.add(person, at);
  const missing = await copyBeside(tools);
  const removed = await eraseFound(person, tools);
  await finishErasing(tools);
  const name = await pseudonymOf(person, tools.pseudonyms);
  const backups = await tools.olderBackups();
  const not_covered = [...missing, ...NOT_COVERED];
  const receipt = { person: name, erased_at: at, removed, backups, not_covered };
  await tools.trail.write({
    actor: 'machine privacy',
    action: 'privacy-erase',
    outcome: 'done',
    code: null,
    detail: { about: name, ...removed },
  });
  return receipt;
}

/** @returns what the receipt says when the list is not beside the backups now */
async function copyBeside({ eraseList }: PrivacyTools): Promise<string[]> {
  try {
    await eraseList.copyBeside();
    return [];
  } catch (error) {
    return [
      `the list of the erased could not be written beside the backups (${reasonOf(error)}): until the next start can, a backup restored on another machine brings the person back`,
    ];
  }
}

const NOT_COVERED = [
  'backups made before, also those you made by hand: a restored one is run against the erase list at the next start; keep erased.jsonl beside those that you move',
  'what webhooks, mails and exports have carried elsewhere',
  'documents of the shop, and files of others, that name the person',
  'what you wrote yourself into files of the data folder, such as examples of your own intents',
  'what the disk itself keeps of files that were replaced: flash cells, snapshots of the file system',
] as const;

/** Rows, sessions and facts; the bytes go with `finishErasing`. */
export async function eraseFound(
  person: Person,
  { store, memory, traces }: PrivacyTools,
): Promise<RowCounts> {
  await traces?.flush();
  const removed = await store.erase(person);
  let facts = 0;
  for (const subject of person.subjects) {
    facts += (await memory.customers.facts(subject)).length;
    await memory.customers.erase(subject);
  }
  for (const id of person.conversations) await memory.sessions.remove(id);
  return { ...removed, facts };
}

/** Every byte of what was removed, and the note that the erase list was followed to its end. */
export async function finishErasing({
  folder,
  store,
  memory,
  settings,
  eraseList,
  dropSchemaCopies,
}: PrivacyTools): Promise<void> {
  await memory.forgetQuestions();
  await memory.dropRemovedBytes();
  await dropDamagedCopies(folder);
  dropSchemaCopies();
  await store.dropRemovedBytes();
  await settings.set(APPLIED_SETTING, eraseList.fingerprint());
}

/** Stores that were found damaged and moved aside hold what was in them. */
async function dropDamagedCopies(folder: string): Promise<void> {
  const memory = join(folder, 'memory');
  const names = await readdir(memory).catch((): string[] => []);
  for (const name of names.filter((one) => one.includes('-damaged-')))
    await rm(join(memory, name), { recursive: true, force: true });
}

async function planOf(person: Person, tools: PrivacyTools): Promise<PersonPlan> {
  return {
    person: await pseudonymOf(person, tools.pseudonyms),
    held: await tools.store.count(person),
    facts: (await factsOf(person, tools)).length,
    documents: await tools.store.countDocumentMentions(person),
  };
}

async function factsOf({ subjects }: Person, { memory }: PrivacyTools) {
  const facts = [];
  for (const subject of subjects) facts.push(...(await memory.customers.facts(subject)));
  return facts;
}

function pseudonymOf({ customers, emails, conversations }: Person, pseudonyms: Pseudonyms): Promise<string> {
  return pseudonyms.of(customers[0] ?? emails[0] ?? conversations[0] ?? '');
}
