import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';

const COUNT = Type.Integer({ minimum: 0 });
const CACHE = Type.Object({ entries: COUNT, hits: COUNT, misses: COUNT });

const CACHES = Type.Object({
  answers: Type.Object(
    { exact: COUNT, near: COUNT, joined: COUNT, miss: COUNT },
    {
      description:
        'how questions for the documents were answered since the start; joined: with somebody else',
    },
  ),
  caches: Type.Object(
    { embedding: CACHE, intent: CACHE, retrieval: CACHE, answer: CACHE },
    { description: 'look-ups of each cache, over restarts' },
  ),
});

export function addCacheRoutes(server: Server, app: App): void {
  server.get('/api/v1/caches', { schema: { response: { 200: CACHES } } }, () => app.caches());
}
