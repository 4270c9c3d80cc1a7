import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { App } from '../../app.ts';
import { describeRoute, ROUTE_TAGS } from '../route-pages.ts';
import type { StaffCheck } from './staff-access.ts';

/**
 * Scripts and styles from this server alone; the library writes style attributes, and small pictures lie in its
 * style sheet.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const WORDMARK =
  '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40"><text x="0" y="27" fill="#fff" font-family="sans-serif" font-size="24">Answerbox</text></svg>';

/** OpenAPI from the routes' schemas, and the page that shows it. Before any route: it sees those that follow. */
export async function addApiPages(server: FastifyInstance, app: App, staff: StaffCheck): Promise<void> {
  server.addHook('onRoute', describeRoute);
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Answerbox',
        version: app.version ?? '0.0.0',
        description:
          'Customer support from your own documents. Errors are {"error": {"code", "message", "request_id"}}; under /v1 and /v2 they have the shape of OpenAI’s.',
      },
      tags: Object.entries(ROUTE_TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key: Authorization: Bearer KEY' },
        },
      },
    },
  });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    logo: { type: 'image/svg+xml', content: Buffer.from(WORDMARK) },
    staticCSP: PAGE_POLICY,
    // Without an address to check at, the page asks nobody whether the document is valid.
    uiConfig: { validatorUrl: null, deepLinking: true, docExpansion: 'none', tryItOutEnabled: false },
    uiHooks: {
      onRequest: (request, _reply, done) => {
        const isOpen = app.config.api_docs !== 'key';
        const allowed = isOpen ? Promise.resolve() : staff.requireFor(request, 'operations.read');
        allowed.then(() => done(), done);
      },
    },
  });
}
