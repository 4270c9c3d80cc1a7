import { randomUUID } from 'node:crypto';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { createCustomerGate, type CustomerGate } from '../abuse/customer-gate.ts';
import { createKeyLimits } from '../abuse/key-limits.ts';
import { createRateLimits } from '../abuse/rate-limits.ts';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { logOptions, type LogStream } from '../observability/log-options.ts';
import { addApiPages } from './plugins/api-pages.ts';
import { addAuditHook } from './plugins/audit-hook.ts';
import { addErrorExit } from './plugins/error-exit.ts';
import { addHttpMetrics } from './plugins/http-metrics.ts';
import { addSafeHeaders } from './plugins/safe-headers.ts';
import { createStaffCookies } from './cookies.ts';
import { createServedTls, type ServedTls } from './served-tls.ts';
import { endSlowBodies } from './plugins/slow-bodies.ts';
import { addStaffAccess, createStaffCheck, type StaffCheck } from './plugins/staff-access.ts';
import { allowedOrigins } from './allowed-origins.ts';
import { addWidgetAccess } from './plugins/widget-access.ts';
import { addAnalyticsRoutes } from './routes/analytics.ts';
import { trustedProxies } from './trusted-proxies.ts';
import { addAttachmentRoutes } from './routes/attachments.ts';
import { addBackupRoutes } from './routes/backups.ts';
import { addAuditRoutes } from './routes/audit.ts';
import { addCacheRoutes } from './routes/caches.ts';
import { addChatRoutes } from './routes/chat.ts';
import { addChatSocketRoute } from './routes/chat-socket.ts';
import { addCompletionRoutes } from './routes/completions.ts';
import { addConversationRoutes } from './routes/conversations.ts';
import { addCustomerDeskRoutes } from './routes/customer-desk.ts';
import { addCustomerRoutes } from './routes/customers.ts';
import { addDeskEventRoutes } from './routes/desk-events.ts';
import { addDeskSettingRoutes } from './routes/desk-settings.ts';
import { addKeyRoutes } from './routes/keys.ts';
import { addLibraryRoutes } from './routes/library.ts';
import { addDecisionRoutes } from './routes/decisions.ts';
import { addDocumentRoutes } from './routes/documents.ts';
import { addEmbeddingRoutes } from './routes/embeddings.ts';
import { addAskedQuestionRoutes } from './routes/asked-questions.ts';
import { addRereadRoute } from './routes/reread.ts';
import { addDocumentChangeRoutes } from './routes/document-changes.ts';
import { addDocumentDetailRoutes } from './routes/document-details.ts';
import { addLiveRoutes } from './routes/live.ts';
import { addOwnerRoutes } from './routes/owner.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addJobRoutes } from './routes/jobs.ts';
import { addKnowledgeHealthRoutes } from './routes/knowledge-health.ts';
import { addKnowledgeSourceRoutes } from './routes/knowledge-sources.ts';
import { addMaintenanceRoutes } from './routes/maintenance.ts';
import { addMemoryRoutes } from './routes/memory.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addOrderRoutes } from './routes/orders.ts';
import { addPageRoutes } from './routes/pages.ts';
import { addPrivacyRoutes } from './routes/privacy.ts';
import { addProductRoutes } from './routes/products.ts';
import { addRerankRoutes } from './routes/rerank.ts';
import { addRoleRoutes } from './routes/roles.ts';
import { addSearchRoutes } from './routes/search.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addSuggestedReplyRoutes } from './routes/suggested-replies.ts';
import { addThreadRoutes } from './routes/threads.ts';
import { addTicketRoutes } from './routes/tickets.ts';
import { addUserRoutes } from './routes/users.ts';
import { addWebhookRoutes } from './routes/webhooks.ts';
import { addVersionRoutes } from './routes/versions.ts';
import { addServedModelRoutes } from './routes/served-models.ts';
import { addExportRoutes } from './routes/exports.ts';
import { addSourcePage } from './routes/source-page.ts';
import { addSourcePictureRoutes } from './routes/source-pictures.ts';
import type { SocketSettings } from './socket/socket-settings.ts';

export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface DoctorLine {
  code: string;
  name: string;
  status: string;
  message: string;
  fix: string | null;
}

export interface ServerOptions {
  controlToken: string;
  /** Folder of the built pages. */
  webFolder: string;
  /** The checks of `answerbox doctor`; left out where a command runs without a server. */
  runDoctor?: (config: Config, signal: AbortSignal) => Promise<DoctorLine[]>;
  /** Null serves http; left out, the settings say. */
  tls?: ServedTls | null;
  /** Where the log goes; standard output without it. */
  logStream?: LogStream;
  /** Other limits of connections than usual. */
  connections?: { bodyMs?: number; atOnce?: number };
  /** Other limits of the chat socket than usual. */
  socket?: Partial<SocketSettings>;
}

/** Limits on what a connection may cost before a route sees it. Node's own request limit is off in Fastify. */
const LIMITS = {
  /** Milliseconds for a whole request to arrive. */
  requestTimeout: 120_000,
  http: {
    /** Milliseconds for the headers of a request, and between two looks at who is slow. */
    headersTimeout: 20_000,
    connectionsCheckingInterval: 5_000,
    /** Bytes of all headers together. */
    maxHeaderSize: 16_384,
  },
  /** Milliseconds that an idle kept-alive connection stays. */
  keepAliveTimeout: 15_000,
  /** Bytes of a JSON body, where a route does not say otherwise. */
  bodyLimit: 262_144,
} as const;

/** Connections at once; further ones are closed at once. Each that streams costs some 50 KB. */
const CONNECTIONS = 4_096;

/**
 * All routes on one server that is not listening yet: tests boot this same thing.
 * @throws config_bad_value for certificate files that are not as they must be
 */
export async function buildServer(app: App, options: ServerOptions): Promise<Server> {
  const tls = options.tls === undefined ? createServedTls(app.config) : options.tls;
  const isHttps = tls !== null || app.config.public_url.startsWith('https:');
  const server = Fastify({
    ...LIMITS,
    // The routes do not care which of the two they are served by.
    ...(tls && ({ https: { ...LIMITS.http, ...tls.options() } } as object)),
    logger: logOptions(app.config.log_level, options.logStream),
    trustProxy: trustedProxies(app.config.trusted_proxies),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    // Else "1e999" becomes a number to which no limit is applied.
    ajv: { customOptions: { removeAdditional: false, strictNumbers: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  tls?.attach(server.server as unknown as HttpsServer);
  server.server.maxConnections = options.connections?.atOnce ?? CONNECTIONS;
  endSlowBodies(server, options.connections);
  addSafeHeaders(server, isHttps);
  addErrorExit(server, (error) => app.faults.notice(error));
  const allows = allowedOrigins(app.config.allowed_origins);
  addWidgetAccess(server, allows);
  const cookies = createStaffCookies(isHttps);
  const rates = createRateLimits(app.memory.allowances);
  const staff = createStaffCheck({
    keyLimits: createKeyLimits(rates, app.config.key_requests_per_minute),
    keys: app.keys,
    apiKeys: app.staff.apiKeys,
    signIn: app.staff.signIn,
    cookies,
    controlToken: options.controlToken,
    publicUrl: app.config.public_url,
  });
  addStaffAccess(server, staff);
  addAuditHook(server, app.staff);
  addHttpMetrics(server, app.metrics);
  await addApiPages(server, app, staff);
  addMetricsRoute(server, app, staff);
  addHealthRoutes(server, app);
  const gate = createCustomerGate(app.config, rates);
  const logs = await addChatSocketRoute(server, app, { staff, allows, gate }, options.socket);
  addChatRoutes(server, app, { staff, gate, logs });
  addConversationRoutes(server, app, gate);
  addMemoryRoutes(server, app);
  addCacheRoutes(server, app);
  addDecisionRoutes(server, app);
  addSearchRoutes(server, app);
  await addDocumentRoutes(server, app, staff);
  addDocumentDetailRoutes(server, app);
  addDocumentChangeRoutes(server, app);
  addRereadRoute(server, app);
  addVersionRoutes(server, app);
  addJobRoutes(server, app);
  addKnowledgeSourceRoutes(server, app);
  addKnowledgeHealthRoutes(server, app);
  addAskedQuestionRoutes(server, app);
  addMaintenanceRoutes(server, app);
  addOwnerRoutes(server, app, options.runDoctor);
  addDeskSettingRoutes(server, app);
  addBackupRoutes(server, app);
  addProductRoutes(server, app);
  addOrderRoutes(server, app);
  addExportRoutes(server, app);
  addSourcePage(server, app, staff);
  addSourcePictureRoutes(server, app, staff);
  await server.register(async (scope: Server) => addProgramRoutes(scope, app));
  addSessionRoutes(server, app, staff, cookies);
  addUserRoutes(server, app);
  addRoleRoutes(server, app);
  addAuditRoutes(server, app);
  addPrivacyRoutes(server, app);
  addKeyRoutes(server, app);
  addDeskRoutes(server, app, staff, gate);
  await addPageRoutes(server, options.webFolder);
  return server;
}

/** What OpenAI's and Cohere's clients call. Nothing is made to fit there: a number is no text. */
function addProgramRoutes(scope: Server, app: App): void {
  scope.setValidatorCompiler(TypeBoxValidatorCompiler);
  addServedModelRoutes(scope, app);
  addCompletionRoutes(scope, app);
  addEmbeddingRoutes(scope, app);
  addRerankRoutes(scope, app);
}

/** Conversations that people take over, tickets, and what belongs to them. */
function addDeskRoutes(server: Server, app: App, staff: StaffCheck, gate: CustomerGate): void {
  // Before the server waits for its connections: streams end with nobody's leave but ours.
  server.addHook('preClose', async () => app.desk.hub.close());
  addCustomerDeskRoutes(server, app, gate);
  addAttachmentRoutes(server, app, gate);
  addThreadRoutes(server, app);
  addSuggestedReplyRoutes(server, app);
  addTicketRoutes(server, app);
  addCustomerRoutes(server, app);
  addLibraryRoutes(server, app);
  addWebhookRoutes(server, app);
  addAnalyticsRoutes(server, app);
  addLiveRoutes(server, app);
  addDeskEventRoutes(server, app, staff);
}
