import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { modelsFolderOf } from '../composition/package-files.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { identityOf, loadManifest, modelWithRole } from '../inference/model-registry.ts';
import { readDatabaseFacts, type DatabaseFacts } from '../stores/sqlite/inspect-database.ts';
import { readSoundStamp, type IndexStamp } from '../stores/vectors/index-file.ts';
import { databasePathOf } from './check-store.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';

const FIX =
  'Nothing is lost: it is made again from the store at the next start, which takes a little longer.';

/** Does the saved index fit the store and the embedder? */
export async function checkIndex(config: Config): Promise<Finding> {
  const path = databasePathOf(config);
  if (!existsSync(path)) return ok('nothing is stored yet', { path });
  try {
    const embedder = identityOf(modelWithRole(await loadManifest(modelsFolderOf(config)), 'embedder'));
    const stamp = await readSoundStamp(join(resolve(config.data_dir), 'vectors'));
    return judgeIndex(stamp, readDatabaseFacts(path, embedder), embedder);
  } catch (error) {
    if (!(error instanceof AnswerboxError)) throw error;
    return failed(
      `The index could not be compared: ${reasonOf(error)}`,
      'Run "answerbox doctor models store" and follow what it says.',
      { code: error.code },
    );
  }
}

export function judgeIndex(
  stamp: IndexStamp | null,
  { generation, chunks, staleChunks }: DatabaseFacts,
  embedder: string,
): Finding {
  const evidence = {
    chunks,
    stale_chunks: staleChunks,
    generation,
    embedder,
    indexed: stamp?.live ?? 0,
    index_generation: stamp?.generation ?? -1,
  };
  if (staleChunks > 0)
    return warning(
      `${staleChunks} chunks were embedded by another model; they will be embedded again.`,
      FIX,
      evidence,
    );
  if (!stamp)
    return chunks === 0
      ? ok('there is nothing to index yet', evidence)
      : warning('The index is missing or damaged; it will be rebuilt.', FIX, evidence);
  if (stamp.embedder !== embedder)
    return warning('The index was made by another embedder; it will be rebuilt.', FIX, evidence);
  if (stamp.generation !== generation || stamp.live !== chunks) {
    return warning(
      `The index is of generation ${stamp.generation}, the store of ${generation}; the difference will be made up.`,
      FIX,
      evidence,
    );
  }
  return ok(`${chunks} chunks, as in the store`, evidence);
}
