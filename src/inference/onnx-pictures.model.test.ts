import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../app.ts';
import { testConfig } from '../testing/start-test-server.ts';

const MODELS = fileURLToPath(new URL('../../models', import.meta.url));
const TINY = fileURLToPath(new URL('../testing/files/tiny-clip', import.meta.url));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The built-in models, and beside them a model of pictures that knows three colours. */
function writeModels(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(MODELS, 'manifest.json'), 'utf8')) as { models: object[] };
  for (const name of readdirSync(MODELS))
    if (name !== 'manifest.json') symlinkSync(join(MODELS, name), join(folder, name));
  cpSync(TINY, join(folder, 'pictures'), { recursive: true });
  const file = 'pictures/onnx/vision_model.onnx';
  const others = ['onnx/text_model.onnx', 'tokenizer.json', 'config.json', 'preprocessor_config.json'];
  const bytes = readFileSync(join(folder, file));
  manifest.models.push({
    role: 'pictures',
    name: 'tiny-clip',
    file,
    sha256: sha256(bytes),
    bytes: bytes.length,
    files: others.map((name) => {
      const path = `pictures/${name}`;
      return { path, sha256: sha256(readFileSync(join(folder, path))) };
    }),
    licence: 'Apache-2.0',
    base: 'none',
    format: 'onnx',
    dimensions: 4,
    prompt_format: null,
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** Without a word in it, of any OCR. */
function picture(colour: string): Buffer {
  const context = createCanvas(120, 80).getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, 120, 80);
  return context.canvas.toBuffer('image/png');
}

let app: App;
const complaints: string[] = [];
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answerbox-test-'));
  const models = join(folder, 'models');
  mkdirSync(models);
  writeModels(models);
  const config = testConfig(join(folder, 'data'), { models_dir: models, demo: false, generator: 'none' });
  const log = (level: string, message: string): void => {
    if (level !== 'info') complaints.push(message);
  };
  app = await openApp(config, { log });
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a model of pictures in the manifest', () => {
  it('puts a picture beside the words that say what it shows', async () => {
    const { pictures } = app.models;
    const [red, blue, none] = await pictures!.embedPictures([
      picture('red'),
      picture('blue'),
      Buffer.from('no picture at all, but longer than a header of one'),
    ]);
    const [words] = await pictures!.embedWords(['Which lamp is red?']);
    const cosine = (vector: Float32Array | null | undefined): number =>
      vector!.reduce((sum, value, at) => sum + value * words![at]!, 0);
    expect(none).toBeNull();
    expect(red).toHaveLength(4);
    expect(Math.hypot(...red!)).toBeCloseTo(1, 5);
    expect(cosine(red)).toBeGreaterThan(0.9);
    expect(cosine(red)).toBeGreaterThan(cosine(blue) + 0.5);
  });

  it('finds a document by what its picture shows, and one that is disabled no longer', async () => {
    const files = [
      ['lamp-17.png', 'red'],
      ['lamp-18.png', 'blue'],
    ] as const;
    const outcomes = [];
    const given = async function* () {
      for (const [name, colour] of files) yield { source: `upload:${name}`, name, bytes: picture(colour) };
    };
    for await (const outcome of app.ingest(given())) outcomes.push(outcome);
    // No text was read in them: that is said, and they are documents all the same.
    expect(outcomes).toMatchObject(
      files.map(() => ({ status: 'added', problems: [{ code: expect.any(String) as string }] })),
    );
    await app.pictures!.settled();
    expect(complaints).toEqual([]);
    const first = async (query: string) => (await app.search(query, {})).fused[0]!.chunk.title;
    expect(await first('something blue')).toBe('Lamp 18');
    expect(await first('something red')).toBe('Lamp 17');
    const red = (await app.knowledge.findBySource('upload:lamp-17.png'))!;
    await app.setDocumentEnabled(red.id, false);
    expect(await first('something red')).toBe('Lamp 18');
  });
});
