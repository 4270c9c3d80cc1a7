import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { buildConsole } from './console/build/build-console.ts';
import { sizeGate } from './size-gate.ts';
import { buildWidget } from './widget/build/build-widget.ts';

// The page is served under `default-src 'self'`: every asset is a file of its own, nothing is inlined.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    preact({ devToolsEnabled: false, prefreshEnabled: false }),
    sizeGate(),
    buildWidget(),
    buildConsole(),
  ],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
