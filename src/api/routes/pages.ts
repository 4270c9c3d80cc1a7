import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { Server } from '../build-server.ts';

/** The console finds its pages by their address itself: each of them is this file. */
const CONSOLE_PAGE = 'console/index.html';
const HIDDEN = { schema: { hide: true } };

/** The built pages, from this machine alone. Names in assets/ hold a hash of their content. */
export async function addPageRoutes(server: Server, webFolder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: webFolder,
    index: ['index.html'],
    // Said below instead.
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.setHeader(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  const consolePage = async (_request: unknown, reply: FastifyReply) => reply.sendFile(CONSOLE_PAGE);
  server.get('/console', HIDDEN, consolePage);
  server.get('/console/assets/*', HIDDEN, async (request, reply) =>
    reply.sendFile(`console/assets/${(request.params as { '*': string })['*']}`),
  );
  server.get('/console/*', HIDDEN, consolePage);
}
