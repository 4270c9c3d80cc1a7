import { modelsFolderOf } from '../composition/package-files.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { loadManifest, missingRoles, verifyModels } from '../inference/model-registry.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';

const MISSING_FIX =
  'Without a verifier, drafted sentences are checked by rules alone; without another role nothing starts. ' +
  'Restore the models from the release: git checkout models.';

/** Every model file against its checksum in the manifest, and a model for every role. */
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
    const whole = `${files} files are whole (${Math.round(bytes / 1e6)} MB)`;
    const unwanted = config.generator === 'none' ? 'generator' : null;
    const missing = missingRoles(manifest).filter((role) => role !== unwanted);
    if (missing.length === 0) return ok(whole, { folder, files, bytes });
    return warning(`${whole}, but there is no ${missing.join(', no ')}`, MISSING_FIX, {
      folder,
      files,
      bytes,
      missing: missing.join(', '),
    });
  } catch (error) {
    if (!(error instanceof AnswerboxError) || error.code === 'cancelled') throw error;
    return failed(
      reasonOf(error),
      'Restore the models from the release: git checkout models, or pull the image again.',
      { folder, code: error.code, files_whole: files },
    );
  }
}
