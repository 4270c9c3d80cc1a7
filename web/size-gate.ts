import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes of gzipped JavaScript that a customer may have to wait for. */
const LIMIT = 40 * 1024;

/** Fails the build when the scripts outgrow the limit. */
export function sizeGate(limit: number = LIMIT, what = 'The page'): Plugin {
  return {
    name: 'size-gate',
    generateBundle(_, bundle) {
      const bytes = Object.values(bundle)
        .map((file) => (file.type === 'chunk' ? gzipSync(file.code).length : 0))
        .reduce((sum, size) => sum + size, 0);
      if (bytes > limit)
        this.error(`${what}: its scripts have ${bytes} bytes gzipped; at most ${limit} are allowed.`);
    },
  };
}
