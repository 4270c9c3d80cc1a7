import { throwIfCancelled } from '../errors.ts';
import type { ImportCounts } from '../stores/catalogue-contracts.ts';

type Stored<Row> = Row & { updatedAt: string };

/** Rows of a catalogue or of orders in memory, by the rules of their store contracts. */
export interface MemoryRows<Row> {
  importRows(
    rows: AsyncIterable<Row>,
    options: { replace: boolean; signal?: AbortSignal },
  ): Promise<ImportCounts>;
  get(key: string): Stored<Row> | null;
  /** In order of key. */
  all(): Stored<Row>[];
  page(options: { limit: number; after?: string }): Stored<Row>[];
  removeAll(): number;
  readonly version: number;
}

const comparable = (key: string): string => key.toLowerCase().replace(/[\s-]/g, '');

export function createMemoryRows<Row extends object>(keyOf: (row: Row) => string): MemoryRows<Row> {
  let kept = new Map<string, Stored<Row>>();
  let version = 0;
  const all = (): Stored<Row>[] => [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);

  return {
    importRows: async (rows, { replace, signal }) => {
      const read = new Map<string, Row>();
      for await (const row of rows) {
        throwIfCancelled(signal);
        read.set(comparable(keyOf(row)), row);
      }
      throwIfCancelled(signal);
      const { next, counts } = merge(kept, read, replace);
      if (counts.added + counts.changed + counts.removed > 0) version += 1;
      kept = next;
      return counts;
    },
    get: (key) => kept.get(comparable(key)) ?? null,
    all,
    page: ({ limit, after }) =>
      all()
        .filter((row) => after === undefined || comparable(keyOf(row)) > comparable(after))
        .slice(0, limit),
    removeAll: () => {
      const { size } = kept;
      if (size > 0) version += 1;
      kept = new Map();
      return size;
    },
    get version() {
      return version;
    },
  };
}

function merge<Row extends object>(
  kept: ReadonlyMap<string, Stored<Row>>,
  read: ReadonlyMap<string, Row>,
  replace: boolean,
): { next: Map<string, Stored<Row>>; counts: ImportCounts } {
  const counts = { added: 0, changed: 0, unchanged: 0, removed: 0 };
  const next = new Map(replace ? [] : kept);
  const updatedAt = new Date().toISOString();
  for (const [key, row] of read) {
    const before = kept.get(key);
    const same =
      before && JSON.stringify({ ...before, updatedAt: '' }) === JSON.stringify({ ...row, updatedAt: '' });
    counts[before === undefined ? 'added' : same ? 'unchanged' : 'changed'] += 1;
    next.set(key, { ...row, updatedAt });
  }
  if (replace) counts.removed = [...kept.keys()].filter((key) => !read.has(key)).length;
  return { next, counts };
}
