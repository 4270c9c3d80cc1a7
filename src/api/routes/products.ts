import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { importProducts } from '../../catalogue/import-catalogue.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { importOptionsOf, readTableUpload, takeTables } from '../read-table-upload.ts';
import { requestSignal } from '../request-signal.ts';
import {
  CATALOGUE_PAGE,
  IMPORT_QUERY,
  IMPORT_REPORT,
  PRODUCT,
  PRODUCT_HITS,
  PRODUCT_SEARCH_QUERY,
} from '../schemas/catalogue-schema.ts';
import { wireHit, wireImport, wireProduct } from '../wire-catalogue.ts';

const CODE_PARAMETERS = Type.Object({ code: Type.String({ minLength: 1, maxLength: 200 }) });

/** For staff: the catalogue as it was imported. */
export function addProductRoutes(server: Server, app: App): void {
  const { max_request_bytes: bodyLimit } = app.config;

  server.get(
    '/api/v1/products',
    {
      schema: {
        querystring: CATALOGUE_PAGE,
        response: { 200: Type.Object({ total: Type.Integer(), products: Type.Array(PRODUCT) }) },
      },
    },
    async ({ query: { limit = 100, after } }) => ({
      total: (await app.catalogue.counts()).products,
      products: (await app.catalogue.listProducts({ limit, ...(after !== undefined && { after }) })).map(
        wireProduct,
      ),
    }),
  );

  server.get(
    '/api/v1/products/search',
    { schema: { querystring: PRODUCT_SEARCH_QUERY, response: { 200: PRODUCT_HITS } } },
    async ({ query: { q, limit = 10 } }, reply) => {
      const { hits } = await app.products.search(q, { signal: requestSignal(reply), limit });
      return { hits: hits.map(wireHit) };
    },
  );

  server.get(
    '/api/v1/products/:code',
    { schema: { params: CODE_PARAMETERS, response: { 200: PRODUCT } } },
    async ({ params: { code } }) => {
      const product = await app.catalogue.getProduct(code);
      if (!product) throw new AnswerboxError('product_not_found', { code });
      return wireProduct(product);
    },
  );

  void server.register(async (scope: Server) => {
    takeTables(scope, bodyLimit);
    scope.post(
      '/api/v1/products/import',
      { bodyLimit, schema: { querystring: IMPORT_QUERY, response: { 200: IMPORT_REPORT } } },
      async (request, reply) => {
        const { bytes, source } = await readTableUpload(request, bodyLimit);
        const options = importOptionsOf(request.query, source, reply);
        return wireImport(await importProducts(bytes, app.catalogue, options));
      },
    );
  });
}
