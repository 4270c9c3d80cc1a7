import { join } from 'node:path';
import { buildServer, type ServerOptions } from '../api/build-server.ts';
import type { ServedTls } from '../api/served-tls.ts';
import type { App } from '../app.ts';
import { readOidcSettings } from '../auth/oidc-settings.ts';
import { createProductFinder } from '../catalogue/find-products.ts';
import { loadConfig, type Config } from '../config.ts';
import { createFaults } from '../faults/faults.ts';
import type { LogStream } from '../observability/log-options.ts';
import { createTextLog } from '../observability/text-log.ts';
import { createMetrics } from '../observability/metrics.ts';
import { openDesk, tellingConversations } from '../composition/open-desk.ts';
import { openPrivacy } from '../composition/open-privacy.ts';
import { openSealedDatabase } from '../composition/open-sealed-database.ts';
import { openStaff } from '../composition/open-staff.ts';
import { recordingConsent } from '../desk/record-consent.ts';
import { createDocumentParser } from '../ingest/parser/create-document-parser.ts';
import { openMemory } from '../stores/lmdb/open-memory.ts';
import { openHours, withHours } from '../shop/open-hours.ts';
import type { ShopProfile } from '../shop/shop.ts';
import { createSqliteAnalyticsStore } from '../stores/sqlite/analytics-store.ts';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { createSqliteJobStore } from '../stores/sqlite/job-store.ts';
import { createSqliteSourceStore } from '../stores/sqlite/source-store.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { createSqliteTraceStore } from '../stores/sqlite/trace-store.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOrderStore } from '../stores/sqlite/order-store.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { zoneOf } from '../shop/hours-profile.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { createStaffClient, PASSWORD, type StaffClient } from './staff-client.ts';
import type { Role } from '../stores/staff-contracts.ts';

export type DeskApp = Pick<
  App,
  | 'catalogue'
  | 'orders'
  | 'products'
  | 'conversations'
  | 'staff'
  | 'desk'
  | 'settings'
  | 'analytics'
  | 'privacy'
  | 'memory'
  | 'knowledge'
  | 'traces'
  | 'faults'
  | 'health'
  | 'jobs'
  | 'sources'
>;

export interface DeskServer {
  url: string;
  adminKey: string;
  app: DeskApp;
  database: SqliteDatabase;
  http: HttpClient;
  folder: string;
  /** All routes, as Fastify prints them. */
  tree: string;
  close(): Promise<void>;
  /** Somebody new, signed in. */
  signIn(role: Role, name?: string): Promise<StaffClient & { id: string }>;
}

export interface DeskServerOptions {
  config?: Partial<Config>;
  profile?: ShopProfile;
  now?: () => Date;
  /** That of an earlier server, which was closed. */
  folder?: string;
  tls?: ServedTls;
  /** Where the server's log goes, and that of the work beside it. */
  logStream?: LogStream;
  /** The profile is that of the owner's own file. */
  profileInFile?: boolean;
  /** What is suggested to staff; nothing without it. */
  suggestReply?: App['suggestReply'];
  connections?: ServerOptions['connections'];
  /** The built pages; none without it. */
  webFolder?: string;
}

/** The real server on a real socket with everything but the models: routes that ask them would fail. */
export async function openDeskServer(
  folder: string,
  options: Omit<DeskServerOptions, 'folder'> = {},
): Promise<DeskServer> {
  const loaded = loadConfig({ environment: {}, file: join(folder, 'no-such-file.json') });
  const config: Config = { ...loaded.config, data_dir: folder, log_level: 'silent', ...options.config };
  const { database } = openSealedDatabase(config);
  const { logStream } = options;
  const written = options.profile ?? { name: 'Test shop' };
  const keys = createSqliteKeyStore(database);
  const catalogue = createSqliteCatalogueStore(database);
  const settings = createSqliteSettingStore(database);
  const hours = await openHours(settings, options.profileInFile ? written : null, () => written);
  const profile = () => withHours(written, hours);
  const staff = openStaff(database, settings, {
    requireSecondFactor: config.require_second_factor,
    oidc: readOidcSettings(config),
  });
  const desk = await openDesk({
    database,
    folder,
    users: staff.users,
    profile,
    config,
    ...(options.now && { now: options.now }),
    ...(logStream && { log: createTextLog(config.log_level, (line) => logStream.write(line)) }),
  });
  const opened = await openMemory({ folder });
  const memory = { ...opened, customers: recordingConsent(opened.customers, desk.tools.customers) };
  const now = options.now ? { now: options.now } : {};
  const faults = createFaults();
  const kept = { database, folder, memory, staff, settings, days: config, rotation: config, faults };
  const privacy = openPrivacy({ ...kept, ...now });
  const app: DeskApp = {
    memory,
    faults,
    knowledge: createSqliteKnowledgeStore(database),
    traces: createSqliteTraceStore(database),
    privacy,
    catalogue,
    settings,
    staff,
    desk,
    orders: createSqliteOrderStore(database),
    products: createProductFinder(catalogue),
    conversations: tellingConversations(createSqliteConversationStore(database), desk),
    analytics: createSqliteAnalyticsStore(database),
    health: createSqliteHealthStore(database),
    jobs: createSqliteJobStore(database),
    sources: createSqliteSourceStore(database),
  };
  const shop = {
    profile,
    hours,
    contact: () => ({ name: written.name, email: written.email ?? null, phone: written.phone ?? null }),
    timeZone: () => zoneOf(profile()),
  };
  const parser = createDocumentParser();
  const adminKey = await keys.resetAdminKey();
  const server = await buildServer(
    {
      ...app,
      config,
      keys,
      shop,
      parser,
      suggestReply: options.suggestReply ?? (async () => null),
      queue: { progress: () => ({ current: [], itemsPerMinute: null, secondsLeft: null, waitsFor: null }) },
      metrics: createMetrics(),
    } as unknown as App,
    {
      controlToken: 'control',
      webFolder: options.webFolder ?? folder,
      ...(logStream && { logStream }),
      ...(options.connections && { connections: options.connections }),
      ...(options.tls && { tls: options.tls }),
    },
  );
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await server.close();
    await desk.close();
    await staff.oidc?.close();
    await parser.close();
    await memory.close();
    database.close();
  };
  const http = createHttpClient({ url, adminKey });
  return {
    url,
    adminKey,
    app,
    database,
    http,
    folder,
    tree: server.printRoutes({ commonPrefix: false }),
    close,
    signIn: async (role, name = role) => {
      const email = `${name.toLowerCase()}@shop.example`;
      const body = { name, email, role, password: PASSWORD };
      const added = await http.call('POST', '/api/v1/users', { key: adminKey, body });
      // A test that is run once more in CI finds who signed in the first time.
      if (added.status !== 201 && added.body.error?.code !== 'user_exists')
        throw new Error(`no user was added: ${JSON.stringify(added.body)}`);
      const client = createStaffClient(url);
      const session = await client.call('POST', '/api/v1/session', { body: { email, password: PASSWORD } });
      return { ...client, id: session.body.user.id as string };
    },
  };
}
