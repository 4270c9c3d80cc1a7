import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { build, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the staff console beside the pages, as a site of its own: customers load nothing of it. */
export function buildConsole(): Plugin {
  return {
    name: 'build-console',
    apply: 'build',
    async closeBundle() {
      await build({
        configFile: false,
        root: at('..'),
        base: '/console/',
        publicDir: false,
        logLevel: 'warn',
        plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
        build: {
          outDir: at('../../../dist/web/console'),
          emptyOutDir: true,
          target: 'es2022',
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
        },
      });
    },
  };
}
