import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { CatalogueStore, OrderStore } from '../stores/catalogue-contracts.ts';
import { cacheSource } from './cached-source.ts';
import { checkSourceSettings, SettingsFault } from './check-source-settings.ts';
import { createEmbeddedSource } from './embedded-source.ts';
import { fillSecrets } from './fill-secrets.ts';
import { createHttpSource } from './http-source.ts';
import type { FactKind, LiveSource } from './source-contracts.ts';
import type { SourceSettings } from './source-settings.ts';
import { createSqlSource } from './sql-source.ts';
import { whyBadQuery } from './why-bad-query.ts';

export interface SourceTools {
  catalogue: CatalogueStore;
  orders: OrderStore;
  /** Values that headers may name; kept out of every file, log and error. */
  secrets: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** 0…1. */
  random?: () => number;
}

const FILE = 'sources.json';
const DEFAULT_SOURCES = [{ type: 'embedded', name: 'catalogue' }];

/**
 * The live sources that the owner set up in `sources.json`, in its order; without the file, what was
 * imported into Answerbox.
 * @param folder data folder
 * @throws sources_invalid, naming the field
 */
export async function loadSources(folder: string, tools: SourceTools): Promise<LiveSource[]> {
  const path = join(folder, FILE);
  try {
    const settings = checkSourceSettings(await readList(path));
    const sources: LiveSource[] = [];
    for (const [index, one] of settings.entries()) {
      const source = await createSource(one, `[${index}]`, folder, tools);
      sources.push(cacheSource(source, { seconds: one.cache_seconds, ...clockOf(tools) }));
    }
    return sources;
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    throw new AnswerboxError('sources_invalid', { path, field: error.field, reason: error.message }, error);
  }
}

async function readList(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return DEFAULT_SOURCES;
    throw new SettingsFault('the file', `cannot be read: ${reasonOf(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsFault('the file', `is not valid JSON: ${reasonOf(error)}`);
  }
}

const clockOf = ({ now }: SourceTools): { now?: () => number } => (now === undefined ? {} : { now });

async function createSource(
  settings: SourceSettings,
  place: string,
  folder: string,
  tools: SourceTools,
): Promise<LiveSource> {
  const common = { name: settings.name, kinds: settings.kinds as FactKind[], ...clockOf(tools) };
  switch (settings.type) {
    case 'embedded':
      return createEmbeddedSource({ ...common, catalogue: tools.catalogue, orders: tools.orders });
    case 'http':
      return createHttpSource({
        ...common,
        url: settings.url,
        fields: settings.fields,
        headers: fillSecrets(settings.headers, tools.secrets, `${place}.headers`),
        allowedHosts: settings.allowed_hosts ?? [new URL(settings.url).host],
        timeLimitMs: settings.time_limit_ms,
        retries: settings.retries,
        maxBytes: settings.max_bytes,
        ...(tools.random === undefined ? {} : { random: tools.random }),
      });
    case 'sql': {
      const file = resolve(folder, settings.file);
      const reason = await whyBadQuery(file, settings.query);
      if (reason !== null) throw new SettingsFault(`${place}.query`, reason);
      return createSqlSource({
        ...common,
        file,
        query: settings.query,
        fields: settings.fields,
        timeLimitMs: settings.time_limit_ms,
      });
    }
  }
}
