import type { RetrievalWeights } from '../../answer/retrieval-weights.ts';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { requestSignal } from '../request-signal.ts';
import { SEARCH_REQUEST, SEARCH_RESULT, WHY_NOT, WHY_NOT_REQUEST } from '../schemas/knowledge-schema.ts';
import { readWireWeights } from '../wire-weights.ts';
import { searchFilter, wireSearch, wireWhyNot } from '../wire-shapes.ts';

export function addSearchRoutes(server: Server, app: App): void {
  server.post(
    '/api/v1/search',
    { schema: { body: SEARCH_REQUEST, response: { 200: SEARCH_RESULT } } },
    async ({ body: { query, limit, settings = {}, filter = {} } }, reply) => {
      const options = { signal: requestSignal(reply), filter: searchFilter(filter, new Date()) };
      return wireSearch(await app.search(query, options, triedWeights(app, settings)), limit ?? 10);
    },
  );

  server.post(
    '/api/v1/search/why-not',
    { schema: { body: WHY_NOT_REQUEST, response: { 200: WHY_NOT } } },
    async ({ body: { query, document_id: id, settings = {}, filter = {} } }, reply) => {
      const options = { signal: requestSignal(reply), filter: searchFilter(filter, new Date()) };
      return wireWhyNot(await app.whyNot(query, id, options, triedWeights(app, settings)));
    },
  );
}

/** Those in force, with what the request tries instead. */
function triedWeights(app: App, settings: Parameters<typeof readWireWeights>[0]): RetrievalWeights {
  return { ...app.searchWeights(), ...readWireWeights(settings) };
}
