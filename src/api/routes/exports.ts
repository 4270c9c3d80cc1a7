import { Type, type TSchema } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { LIBRARY_KIND, listExports, type Row } from '../list-exports.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { literals } from '../schemas/desk-schema.ts';
import { sendExport } from '../send-export.ts';

/** Every list as a file: what it would show under the same filter, all of it. */
export function addExportRoutes(server: Server, app: App): void {
  for (const { list, name, filters = {}, page } of listExports(app)) {
    const isOfKind = list.endsWith('/:kind');
    const querystring: TSchema = Type.Object({ ...filters, format: literals(['csv', 'json']) });
    const params: TSchema = Type.Object(isOfKind ? { kind: LIBRARY_KIND } : {});
    server.get(`${list}/export`, { schema: { querystring, params } }, async (request, reply) => {
      const { format, ...filter } = request.query as { format: 'csv' | 'json' };
      const { kind } = request.params as { kind?: string };
      const me = principalOf(request).id;
      const query = { ...filter, ...(kind !== undefined && { kind }) };
      const file = { format, name: kind ?? name };
      return sendExport(
        reply,
        file,
        (cursor) => page(query, me, cursor),
        (row: Row) => row,
      );
    });
  }
}
