import { Type, type Static, type TObject, type TProperties, type TSchema } from '@sinclair/typebox';
import type { App } from '../app.ts';
import { LIBRARY_KINDS, type LibraryKind } from '../stores/desk-contracts.ts';
import { DELIVERY_STATES } from '../stores/outbox-contracts.ts';
import type { Paged } from '../stores/page-contracts.ts';
import { literals } from './schemas/desk-schema.ts';
import { DOCUMENT_LIST_QUERY } from './schemas/knowledge-schema.ts';
import { EXPORT_PAGE } from './send-export.ts';
import { THREAD_FILTERS, toThreadFilter } from './thread-filter.ts';
import { wireOrder, wireProduct } from './wire-catalogue.ts';
import { wireDelivery, wireThread } from './wire-desk.ts';
import { findingRows } from './finding-rows.ts';
import { wireAsked } from './wire-health.ts';
import { wireJob, wireSource } from './wire-jobs.ts';
import { wireDocument } from './wire-shapes.ts';
import { wireApiKey, wireUser } from './wire-staff.ts';

export type Row = Record<string, unknown>;

export interface ListExport {
  /** Address of the list; the export is under it. */
  list: string;
  /** Of the file. */
  name: string;
  /** The list's own filter. */
  filters?: Record<string, TSchema>;
  /** A page of rows, each with the same columns. @param me id of who asks */
  page: (query: Record<string, unknown>, me: string, cursor: string | undefined) => Promise<Paged<Row>>;
}

const { limit: _limit, after: _after, ...DOCUMENT_FILTERS } = DOCUMENT_LIST_QUERY.properties;

/** Everything that the API lists and that has no export of its own beside it. */
export function listExports(app: App): ListExport[] {
  const { knowledge, jobs, queue, staff, desk, health, catalogue, orders, sources } = app;
  return [
    filtered({
      list: '/api/v1/threads',
      name: 'conversations',
      filters: THREAD_FILTERS,
      page: async (query, me, cursor) => {
        const page = { limit: EXPORT_PAGE, ...(cursor !== undefined && { cursor }) };
        const { items, nextCursor } = await desk.tools.store.listThreads(toThreadFilter(query, me), page);
        return { items: items.map(wireThread), nextCursor };
      },
    }),
    filtered({
      list: '/api/v1/documents',
      name: 'documents',
      filters: DOCUMENT_FILTERS,
      page: async (query, _me, after) => {
        const search = { ...query, at: new Date().toISOString() };
        const page = { limit: EXPORT_PAGE, search, ...(after !== undefined && { after }) };
        const found = await knowledge.listDocuments(page);
        return paged(found, ({ source }) => source, wireDocument);
      },
    }),
    {
      list: '/api/v1/jobs',
      name: 'imports',
      page: async (_query, _me, before) => {
        const found = await jobs.listJobs({ limit: EXPORT_PAGE, ...(before !== undefined && { before }) });
        return paged(
          found,
          ({ id }) => id,
          (job) => wireJob(job, queue.progress(job)),
        );
      },
    },
    whole('/api/v1/users', 'users', async () => (await staff.users.listUsers()).map(wireUser)),
    whole('/api/v1/keys', 'keys', async () => (await staff.apiKeys.list()).map(wireApiKey)),
    filtered({
      list: '/api/v1/webhooks/deliveries',
      name: 'deliveries',
      filters: { state: Type.Optional(literals(DELIVERY_STATES)) },
      page: async ({ state }, _me, cursor) => {
        const page = { limit: EXPORT_PAGE, ...(cursor !== undefined && { cursor }) };
        const { items, nextCursor } = await desk.outbox.list(state ? { state } : {}, page);
        return { items: items.map(wireDelivery), nextCursor };
      },
    }),
    {
      list: '/api/v1/library/:kind',
      name: 'library',
      page: async ({ kind }) => ({
        items: (await desk.tools.store.listLibrary(kind as LibraryKind)).map(
          ({ id, name, updatedAt, data }) => ({ id, name, updated_at: updatedAt, content: data }),
        ),
        nextCursor: null,
      }),
    },
    whole('/api/v1/knowledge/health', 'findings', async () => findingRows(health)),
    whole('/api/v1/knowledge/sources', 'sources', async () => (await sources.listSources()).map(wireSource)),
    whole('/api/v1/knowledge/regression-questions', 'regression-questions', async () =>
      (await health.listRegressionQuestions()).map(({ question, source }) => ({
        q: question,
        doc_id: source,
      })),
    ),
    filtered({
      list: '/api/v1/knowledge/questions',
      name: 'questions',
      filters: { outcome: Type.Optional(Type.String({ maxLength: 40 })) },
      page: async ({ outcome }, _me, before) => {
        const page = { limit: EXPORT_PAGE, ...(before !== undefined && { before: Number(before) }) };
        const found = await health.listAsked({ ...page, ...(outcome && { outcome }) });
        return paged(found, ({ sequence }) => String(sequence), wireAsked);
      },
    }),
    {
      list: '/api/v1/products',
      name: 'products',
      page: async (_query, _me, after) => {
        const found = await catalogue.listProducts({
          limit: EXPORT_PAGE,
          ...(after !== undefined && { after }),
        });
        return paged(found, ({ code }) => code, wireProduct);
      },
    },
    {
      list: '/api/v1/orders',
      name: 'orders',
      page: async (_query, _me, after) => {
        const found = await orders.listOrders({ limit: EXPORT_PAGE, ...(after !== undefined && { after }) });
        return paged(found, ({ number }) => number, wireOrder);
      },
    },
  ];
}

export const LIBRARY_KIND = literals(LIBRARY_KINDS);

/** A list with filters, which their schemas have checked when `page` is called. */
function filtered<Filters extends TProperties>(
  list: Omit<ListExport, 'page'> & {
    filters: Filters;
    page: (query: Static<TObject<Filters>>, me: string, cursor: string | undefined) => Promise<Paged<Row>>;
  },
): ListExport {
  return { ...list, page: (query, me, cursor) => list.page(query as Static<TObject<Filters>>, me, cursor) };
}

/** A list that is short by nature. */
function whole(list: string, name: string, read: () => Promise<Row[]>): ListExport {
  return { list, name, page: async () => ({ items: await read(), nextCursor: null }) };
}

/** A list that goes on behind its last item; a page that is not full is the last one. */
function paged<Item>(
  found: Item[],
  cursorOf: (item: Item) => string,
  toRow: (item: Item) => Row,
): Paged<Row> {
  const last = found.at(-1);
  const nextCursor = last !== undefined && found.length === EXPORT_PAGE ? cursorOf(last) : null;
  return { items: found.map(toRow), nextCursor };
}
