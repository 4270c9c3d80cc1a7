import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { ENVIRONMENT } from './memory-settings.ts';

/**
 * Opens the environment, reads every entry of every database, and writes once so that the list of free pages
 * is used too. Runs in a process of its own: the engine maps the file into memory, and a torn or damaged one
 * ends the process that touches it. A text, because it must start alike from source and from the built files.
 */
const WALK = `
  const [library, path] = process.argv.slice(1);
  const { open } = require(library);
  const binary = { encoding: 'binary', keyEncoding: 'binary' };
  const root = open({ path, overlappingSync: false, maxDbs: 32, encoding: 'binary' });
  let bytes = 0;
  for (const name of [...root.getKeys()]) {
    if (typeof name !== 'string') continue;
    for (const { key, value } of root.openDB(name, binary).getRange()) bytes += key.length + value.length;
  }
  const probe = root.openDB('probe', binary);
  probe.putSync(Buffer.from('probe'), Buffer.alloc(8192, 1));
  probe.clearSync();
  root.close().then(() => process.exit(0));
`;

/**
 * Why this environment cannot be used, or null when it can. Not to be called while it is open here.
 * @param path folder that holds data.mdb
 */
export function inspectEnvironment(path: string, signal?: AbortSignal): Promise<string | null> {
  const library = createRequire(import.meta.url).resolve('lmdb');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['-e', WALK, library, path],
      { timeout: ENVIRONMENT.inspectionLimit, killSignal: 'SIGKILL', ...(signal ? { signal } : {}) },
      (error, _output, errors) => {
        if (signal?.aborted) reject(error ?? new Error('cancelled'));
        else if (error === null) resolve(null);
        else resolve(reasonFrom(error, errors));
      },
    );
  });
}

function reasonFrom(error: { signal?: string | null | undefined }, errors: string): string {
  if (error.signal) return `reading it ended with ${error.signal}`;
  return /^\w*Error: (.*)$/m.exec(errors)?.[1] ?? 'reading it failed';
}
