import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { importOrders } from '../../catalogue/import-catalogue.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { importOptionsOf, readTableUpload, takeTables } from '../read-table-upload.ts';
import { CATALOGUE_PAGE, IMPORT_QUERY, IMPORT_REPORT, ORDER } from '../schemas/catalogue-schema.ts';
import { wireImport, wireOrder } from '../wire-catalogue.ts';

const NUMBER_PARAMETERS = Type.Object({ number: Type.String({ minLength: 1, maxLength: 200 }) });

/** For staff: orders with the customers' addresses. Customers see their own only after a proof, elsewhere. */
export function addOrderRoutes(server: Server, app: App): void {
  const { max_request_bytes: bodyLimit } = app.config;

  server.get(
    '/api/v1/orders',
    {
      schema: {
        querystring: CATALOGUE_PAGE,
        response: { 200: Type.Object({ total: Type.Integer(), orders: Type.Array(ORDER) }) },
      },
    },
    async ({ query: { limit = 100, after } }, reply) => {
      void reply.header('cache-control', 'no-store');
      const orders = await app.orders.listOrders({ limit, ...(after !== undefined && { after }) });
      return { total: (await app.orders.counts()).orders, orders: orders.map(wireOrder) };
    },
  );

  server.get(
    '/api/v1/orders/:number',
    { schema: { params: NUMBER_PARAMETERS, response: { 200: ORDER } } },
    async ({ params: { number } }, reply) => {
      const order = await app.orders.getOrder(number);
      if (!order) throw new AnswerboxError('order_not_found', { number });
      void reply.header('cache-control', 'no-store');
      return wireOrder(order);
    },
  );

  void server.register(async (scope: Server) => {
    takeTables(scope, bodyLimit);
    scope.post(
      '/api/v1/orders/import',
      { bodyLimit, schema: { querystring: IMPORT_QUERY, response: { 200: IMPORT_REPORT } } },
      async (request, reply) => {
        const { bytes, source } = await readTableUpload(request, bodyLimit);
        return wireImport(
          await importOrders(bytes, app.orders, importOptionsOf(request.query, source, reply)),
        );
      },
    );
  });
}
