import { modelsFolderOf } from '../app.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { loadManifest, verifyModels } from '../inference/model-registry.ts';
import { failed, ok, type Finding } from './doctor-types.ts';

/** Every model file against its checksum in the manifest. */
export async function checkModels(config: Config, signal: AbortSignal): Promise<Finding> {
  const folder = modelsFolderOf(config);
  let files = 0;
  let bytes = 0;
  try {
    const manifest = await loadManifest(folder);
    await verifyModels(manifest, {
      signal,
      onFile: (file) => {
        files += 1;
        bytes += file.bytes;
      },
    });
    return ok(`${files} files are whole (${Math.round(bytes / 1e6)} MB)`, { folder, files, bytes });
  } catch (error) {
    if (!(error instanceof AnswerboxError) || error.code === 'cancelled') throw error;
    return failed(
      reasonOf(error),
      'Restore the models from the release: git checkout models, or pull the image again.',
      { folder, code: error.code, files_whole: files },
    );
  }
}
