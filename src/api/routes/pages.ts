import fastifyStatic from '@fastify/static';
import type { Server } from '../build-server.ts';

/** The built pages, from this machine alone. Names in assets/ hold a hash of their content. */
export async function addPageRoutes(server: Server, webFolder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: webFolder,
    index: ['index.html'],
    setHeaders: (reply, path) =>
      void reply.setHeader(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
}
