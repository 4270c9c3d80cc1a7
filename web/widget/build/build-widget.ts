import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { build, type Plugin } from 'vite';
import { sizeGate } from '../../size-gate.ts';
import { LOCALES } from '../choose-locale.ts';
import { rootedRem } from './rooted-rem.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bytes, gzipped: the words of one language, where that is not English. */
const WORDS_LIMIT = 2_500;
/** Bytes, gzipped. With the words they stay under the 40 KiB that a visitor may have to load. */
const PARTS = [
  { entry: at('../loader/main.ts'), file: 'widget.js', limit: 6_000 },
  { entry: at('../app.tsx'), file: 'widget-app.js', limit: 40 * 1024 - 6_000 - WORDS_LIMIT },
];
const FOLDER = at('../../../dist/web/');

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
      for (const locale of LOCALES.filter((one) => one !== 'en')) writeWords(locale);
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
      outDir: FOLDER,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: entry, output: { format: 'iife', entryFileNames: file } },
    },
  });
}

/** A visitor loads one language: its words as a script, which needs no more permission than the others. */
function writeWords(locale: string): void {
  const words: unknown = JSON.parse(readFileSync(at(`../../messages/${locale}.json`), 'utf8'));
  const code = `Answerbox.say(${JSON.stringify(locale)},${JSON.stringify(words)});\n`;
  const bytes = gzipSync(code).length;
  if (bytes > WORDS_LIMIT)
    throw new Error(
      `The words of ${locale} have ${bytes} bytes gzipped; at most ${WORDS_LIMIT} are allowed.`,
    );
  writeFileSync(`${FOLDER}widget-${locale}.js`, code);
}
