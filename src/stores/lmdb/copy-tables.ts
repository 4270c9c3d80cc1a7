import type { Table } from './environment-types.ts';

/** Copies every live entry, and counts again: a copy that is not whole must not take the place of the original. */
export async function copyTables(
  from: ReadonlyMap<string, Table>,
  to: ReadonlyMap<string, Table>,
): Promise<void> {
  for (const [name, source] of from) {
    const target = to.get(name);
    if (target === undefined) throw new TypeError(`There is no table "${name}" to copy to.`);
    // One transaction: a later one would leave freed pages behind.
    target.transactionSync(() => {
      for (const { key, value } of source.getRange()) target.putSync(key, value);
    });
    await target.flushed;
    const [expected, found] = [source.getCount(), target.getCount()];
    if (expected !== found) throw new Error(`${found} of ${expected} entries of "${name}" were copied`);
  }
}
