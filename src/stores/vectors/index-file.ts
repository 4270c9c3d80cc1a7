import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import hnswlib from 'hnswlib-node';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

type Graph = InstanceType<typeof hnswlib.HierarchicalNSW>;

const STAMP_FILE = 'vectors.json';
const FORMAT = 1;

const STAMP = Type.Object({
  embedder: Type.String(),
  dimensions: Type.Integer(),
  generation: Type.Integer(),
  live: Type.Integer(),
  erased: Type.Array(Type.Integer()),
});
const STAMPED_FILE = Type.Intersect([
  STAMP,
  Type.Object({
    format: Type.Literal(FORMAT),
    file: Type.RegExp(/^vectors-\d+\.hnsw$/),
    bytes: Type.Integer(),
    sha256: Type.String(),
  }),
]);

/** What a saved graph was made from; `erased` lists nodes that stay in the graph but are no results. */
export type IndexStamp = Static<typeof STAMP>;

/**
 * hnswlib writes in place, checks no write and syncs nothing, and reads a damaged file into a crash or
 * into wrong neighbours. So: write aside, check, sync, rename, and stamp with a checksum last.
 */
export async function saveIndexFile(folder: string, graph: Graph, stamp: IndexStamp): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = `vectors-${stamp.generation}.hnsw`;
  const temporary = join(folder, `${file}.tmp`);
  await graph.writeIndex(temporary);
  await syncPath(temporary);
  const { size } = await stat(temporary);
  const sha256 = await hashFile(temporary);
  await rename(temporary, join(folder, file));
  const stampTemporary = join(folder, `${STAMP_FILE}.tmp`);
  await writeSynced(stampTemporary, JSON.stringify({ format: FORMAT, file, bytes: size, sha256, ...stamp }));
  await rename(stampTemporary, join(folder, STAMP_FILE));
  await syncPath(folder);
  await dropOthers(folder, file);
}

/** Null when there is no saved graph, or it was made by another embedder, or anything about it is in doubt. */
export async function loadIndexFile(
  folder: string,
  embedder: { identity: string; dimensions: number },
): Promise<{ graph: Graph; stamp: IndexStamp } | null> {
  try {
    const stamp = await readSoundStamp(folder);
    if (stamp?.embedder !== embedder.identity || stamp.dimensions !== embedder.dimensions) return null;
    const graph = new hnswlib.HierarchicalNSW('ip', embedder.dimensions);
    graph.readIndexSync(join(folder, stamp.file));
    return graph.getCurrentCount() === stamp.live + stamp.erased.length ? { graph, stamp } : null;
  } catch {
    // Unreadable: the graph is built again from the store.
    return null;
  }
}

/** The stamp of a saved graph whose size and checksum fit; null when it is missing, torn or damaged. */
export async function readSoundStamp(folder: string): Promise<(IndexStamp & { file: string }) | null> {
  try {
    const stamp: unknown = JSON.parse(await readFile(join(folder, STAMP_FILE), 'utf8'));
    if (!Value.Check(STAMPED_FILE, stamp)) return null;
    const path = join(folder, stamp.file);
    const sound = (await stat(path)).size === stamp.bytes && (await hashFile(path)) === stamp.sha256;
    return sound ? stamp : null;
  } catch {
    return null;
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function dropOthers(folder: string, keep: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^vectors-\d+\.hnsw(\.tmp)?$/.test(name) && name !== keep)
      await rm(join(folder, name), { force: true });
  }
}
