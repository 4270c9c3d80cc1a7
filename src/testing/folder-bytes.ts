import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the files under a folder in which these bytes occur. */
export function filesHolding(folder: string, bytes: string | Buffer): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => statSync(join(folder, name)).isFile() && readFileSync(join(folder, name)).includes(bytes),
    )
    .sort();
}
