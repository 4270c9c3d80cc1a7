import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { waitFor } from './http-client.ts';
import { databaseIn, killNow, runCli, startCli, type CliOptions } from './run-cli.ts';
import { leastCosine, readStoreContent, type StoreContent } from './store-content.ts';

/** The embedder sees each text alone, so equal texts have equal vectors; room for the last bits of float32. */
const LEAST_COSINE = 0.99999;

export interface KillReport {
  /** Documents asked for before the kill, and those that were stored when it was done. */
  wanted: number;
  stored: number;
}

/** Patience with one ingest on a machine that is busy. */
const MINUTES = 20;

/** Starts an ingest and kills it with -9 once so many documents are stored. */
export async function killIngest(path: string, wanted: number, options: CliOptions): Promise<KillReport> {
  const child = startCli(['ingest', path], options);
  const ended = (): boolean => child.exitCode !== null;
  try {
    const isThere = async (): Promise<boolean> => ended() || (storedIn(options.dataDir) ?? -1) >= wanted;
    await waitFor(`${wanted} documents`, isThere, MINUTES);
    if (ended()) throw new Error(`the ingest was done before ${wanted} documents were seen`);
  } finally {
    await killNow(child);
  }
  return { wanted, stored: storedIn(options.dataDir) ?? 0 };
}

/** Null before the database is there. */
function storedIn(dataDir: string): number | null {
  if (!existsSync(databaseIn(dataDir))) return null;
  const database = new Database(databaseIn(dataDir), { readonly: true });
  try {
    return database.prepare('SELECT count(*) FROM documents').pluck().get() as number;
  } catch {
    // Before its schema is made.
    return null;
  } finally {
    database.close();
  }
}

export interface InterruptedIngest {
  kills: KillReport[];
  resumed: { added: number; changed: number; unchanged: number; failed: number };
  interrupted: StoreContent;
  undisturbed: StoreContent;
  equal: boolean;
  leastCosine: number;
}

/** Ingests a folder twice: once killed at these counts of stored documents and run again, once undisturbed. */
export async function compareInterruptedIngest(
  path: string,
  killsAt: readonly number[],
  dataDirs: { interrupted: string; undisturbed: string },
): Promise<InterruptedIngest> {
  const kills: KillReport[] = [];
  for (const wanted of killsAt) kills.push(await killIngest(path, wanted, { dataDir: dataDirs.interrupted }));
  const resumed = await runCli(['ingest', path, '--json'], { dataDir: dataDirs.interrupted });
  const calm = await runCli(['ingest', path, '--json'], { dataDir: dataDirs.undisturbed });
  for (const { code, stderr } of [resumed, calm])
    if (code !== 0 && code !== 3) throw new Error(`ingest ended with ${code}: ${stderr}`);
  const [interrupted, undisturbed] = [
    readStoreContent(dataDirs.interrupted),
    readStoreContent(dataDirs.undisturbed),
  ];
  const least = leastCosine(interrupted.vectors, undisturbed.vectors);
  const { added, changed, unchanged, failed } = JSON.parse(resumed.stdout) as InterruptedIngest['resumed'];
  return {
    kills,
    resumed: { added, changed, unchanged, failed },
    interrupted,
    undisturbed,
    equal: isEqualContent(interrupted, undisturbed) && least > LEAST_COSINE,
    leastCosine: least,
  };
}

/** Equal texts, places and words; vectors are compared apart. */
export function isEqualContent(left: StoreContent, right: StoreContent): boolean {
  const comparable = ({ vectors, ...content }: StoreContent): string =>
    JSON.stringify({ ...content, vectors: vectors.length });
  return (
    comparable(left) === comparable(right) &&
    left.sound &&
    left.orphans === 0 &&
    left.chunks === left.vectors.length
  );
}
