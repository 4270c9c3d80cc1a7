import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { IngestOptions } from '../ingest/ingest.ts';
import type { FileOutcome, SourceFile } from '../ingest/ingest-types.ts';
import { readSources } from '../ingest/read-sources.ts';
import type { Say } from '../messages/say.ts';
import type { CatalogueStore, OrderStore } from '../stores/catalogue-contracts.ts';
import type { KnowledgeStore, SettingStore } from '../stores/contracts.ts';
import { loadDemoTables, removeDemoTables } from './demo-tables.ts';
import { describeHours } from './describe-hours.ts';
import { checkZone, HOURS_FIELDS, zoneOf } from './hours-profile.ts';
import { openHours, withHours, type Hours } from './open-hours.ts';
import { profileText, type ProfileText } from './profile-text.ts';
import { readHoursQuestion } from './read-hours-question.ts';

const PROFILE = Type.Object({
  name: Type.String(),
  tagline: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  suggested_questions: Type.Optional(Type.Array(Type.String())),
  ...HOURS_FIELDS,
});
export type ShopProfile = Static<typeof PROFILE>;

const NAMELESS: ShopProfile = { name: 'our shop' };
const DEMO = 'demo';
const DEMO_SETTING = 'demo';

/** The business that answers: its profile, and the demo shop until it is removed. */
export interface Shop {
  /** With the hours that are in force. */
  profile(): ShopProfile;
  /** When it is open, to be shown and set. */
  readonly hours: Hours;
  contact(): { name: string; email: string | null; phone: string | null };
  /** Contact, hours and all of the profile in sentences. */
  facts(): ReturnType<Shop['contact']> & { url: string | null } & ProfileText;
  /** The reply to a question about the opening hours of these days; null when it asks for something else. */
  sayHours(question: string, at: Date, say: Say): string | null;
  timeZone(): string;
  /** At the first start only; removed once, it does not come back. */
  loadDemoOnce(tools: DemoTools, onProgress: (message: string) => void): Promise<void>;
  /** Documents that were removed. */
  removeDemo(tools: DemoTools): Promise<number>;
}

export interface DemoTools {
  knowledge: KnowledgeStore;
  catalogue: CatalogueStore;
  orders: OrderStore;
  ingest(files: AsyncIterable<SourceFile>, options?: IngestOptions): AsyncGenerator<FileOutcome>;
  removeDocument(id: string): Promise<boolean>;
  indexSentences(): Promise<void>;
}

export interface ShopOptions {
  /** Data folder; `profile.json` in it is the owner's. */
  folder: string;
  demoFolder: string;
  settings: SettingStore;
}

/** @throws config_unreadable when the owner's profile.json is not valid */
export async function createShop({ folder, demoFolder, settings }: ShopOptions): Promise<Shop> {
  const own = await readProfile(join(folder, 'profile.json'));
  const demo = await readProfile(join(demoFolder, 'profile.json'));
  let demoLoaded = (await settings.get(DEMO_SETTING)) === 'loaded';
  const written = (): ShopProfile => own ?? (demoLoaded ? demo : null) ?? NAMELESS;
  const hours = await openHours(settings, own, written);
  const profile = (): ShopProfile => withHours(written(), hours);
  const contact = () => {
    const { name, email = null, phone = null } = profile();
    return { name, email, phone };
  };

  return {
    profile,
    hours,
    contact,
    facts: () => ({ ...contact(), url: profile().url ?? null, ...profileText(profile()) }),
    sayHours: (question, at, say) => {
      const asked = readHoursQuestion(question, at, profile());
      // The usual week stands in the documents, which can be cited.
      return asked === null || asked.about === 'week' ? null : describeHours(profile(), asked, at, say);
    },
    timeZone: () => zoneOf(profile()),
    loadDemoOnce: async (tools, onProgress) => {
      if ((await settings.get(DEMO_SETTING)) !== null) return;
      onProgress('Loading the demo shop');
      for await (const outcome of tools.ingest(readDemo(demoFolder), { collection: DEMO })) {
        if (outcome.status === 'failed') onProgress(outcome.message);
      }
      // Without them the first question would find less than the second.
      onProgress('Reading its sentences');
      await tools.indexSentences().catch((error: unknown) => onProgress(reasonOf(error)));
      await loadDemoTables(demoFolder, tools, onProgress);
      await settings.set(DEMO_SETTING, 'loaded');
      demoLoaded = true;
    },
    removeDemo: async (tools) => {
      const documents = await tools.knowledge.listCollection(DEMO);
      for (const { id } of documents) await tools.removeDocument(id);
      await removeDemoTables(demoFolder, tools);
      await settings.set(DEMO_SETTING, 'removed');
      demoLoaded = false;
      return documents.length;
    },
  };
}

/** Sources are named by their place in the shop, so that ids are the same wherever it is installed. */
async function* readDemo(demoFolder: string): AsyncGenerator<SourceFile> {
  const documents = join(demoFolder, 'documents');
  for await (const file of readSources([documents], {})) {
    yield { ...file, source: `demo:${relative(documents, file.source)}` };
  }
}

async function readProfile(path: string): Promise<ShopProfile | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return null;
  }
  try {
    const profile = Value.Decode(PROFILE, JSON.parse(text));
    checkZone(profile);
    return profile;
  } catch (error) {
    throw new AnswerboxError('config_unreadable', { path, reason: reasonOf(error) }, error);
  }
}
