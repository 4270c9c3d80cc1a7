import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';

/** The root of the installed package: models/ and data/shop/ lie there, from source and from dist alike. */
const PACKAGE_ROOT = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../..' : '../../..', import.meta.url),
);

export const { version: VERSION } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

/** Folder of the built pages. */
export const WEB_FOLDER = join(PACKAGE_ROOT, 'dist', 'web');

export const DEMO_SHOP_FOLDER = join(PACKAGE_ROOT, 'data', 'shop');

/** Templates of prompts; a folder of the same name in the data folder goes before it. */
export const PROMPTS_FOLDER = join(PACKAGE_ROOT, 'data', 'prompts');

export const BUILTIN_MODELS = join(PACKAGE_ROOT, 'models');

export function modelsFolderOf(config: Config): string {
  return config.models_dir === '' ? BUILTIN_MODELS : resolve(config.models_dir);
}
