import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { build, type Plugin } from 'vite';
import { sizeGate } from '../../size-gate.ts';
import { rootedRem } from './rooted-rem.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bytes, gzipped. The two together stay under the 40 KiB that a visitor may have to load. */
const PARTS = [
  { entry: at('../loader/main.ts'), file: 'widget.js', limit: 6_000 },
  { entry: at('../app.tsx'), file: 'widget-app.js', limit: 40 * 1024 - 6_000 },
];

/**
 * Builds the widget beside the pages. Each part is one classic script with its styles inside: such a script
 * needs no permission to be loaded from another site, as a module would.
 */
export function buildWidget(): Plugin {
  return {
    name: 'build-widget',
    apply: 'build',
    async closeBundle() {
      for (const part of PARTS) await buildPart(part);
    },
  };
}

async function buildPart({ entry, file, limit }: (typeof PARTS)[number]): Promise<void> {
  await build({
    configFile: false,
    root: at('..'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [rootedRem(), preact({ devToolsEnabled: false, prefreshEnabled: false }), sizeGate(limit, file)],
    build: {
      outDir: at('../../../dist/web'),
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: entry, output: { format: 'iife', entryFileNames: file } },
    },
  });
}
