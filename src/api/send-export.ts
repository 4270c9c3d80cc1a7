import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { CSV_START, csvRow } from '../desk/csv-rows.ts';
import type { Paged } from '../stores/page-contracts.ts';

/** Rows read at once: the file is never whole in memory. */
export const EXPORT_PAGE = 500;

/**
 * Everything that a list holds, page by page, as CSV or as a JSON list. The first row names the columns: `toRow` gives
 * every row the same ones.
 */
export function sendExport<Item>(
  reply: FastifyReply,
  { format, name }: { format: 'csv' | 'json'; name: string },
  readPage: (cursor: string | undefined) => Promise<Paged<Item>>,
  toRow: (item: Item) => Record<string, unknown>,
): FastifyReply {
  async function* rows(): AsyncGenerator<Record<string, unknown>> {
    let cursor: string | undefined;
    do {
      const page = await readPage(cursor);
      for (const item of page.items) yield toRow(item);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  async function* csv(): AsyncGenerator<string> {
    let columns: string[] | null = null;
    for await (const row of rows()) {
      if (columns === null) yield CSV_START + csvRow(Object.keys(row));
      columns ??= Object.keys(row);
      yield csvRow(columns.map((column) => row[column]));
    }
    if (columns === null) yield CSV_START;
  }
  async function* json(): AsyncGenerator<string> {
    let before = '[\n';
    for await (const row of rows()) {
      yield before + JSON.stringify(row);
      before = ',\n';
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  }
  return reply
    .headers({
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'cache-control': 'no-store',
    })
    .serializer((payload: unknown) => payload as string)
    .send(Readable.from(format === 'csv' ? csv() : json(), { objectMode: false }));
}
