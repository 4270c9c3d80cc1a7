import { createCanvas } from '@napi-rs/canvas';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { PictureEmbedder } from '../../inference/contracts.ts';
import { pictureSize } from '../../inference/picture-size.ts';
import { createSqlitePictureStore } from '../../stores/sqlite/picture-store.ts';
import { pptxParts, zipOf } from '../../testing/files/make-office.ts';
import { openKnowledgeTools } from '../../testing/knowledge-tools.ts';
import { seededRandom } from '../../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ingest } from '../ingest.ts';
import { createPictures } from './pictures.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Noise, so that it is no ornament by its size. */
function noise(seed: number, width = 60, height = 40) {
  const random = seededRandom(seed);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  for (let at = 0; at < width * height; at += 1) {
    context.fillStyle = `rgb(${Math.floor(random() * 256)}, ${Math.floor(random() * 256)}, 90)`;
    context.fillRect(at % width, Math.floor(at / width), 1, 1);
  }
  return canvas;
}

function deckWith(picture: Buffer): Buffer {
  const relation =
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../media/image1.png"/>';
  return zipOf({
    ...pptxParts([{ title: 'Knots', lines: ['How to tie them.'] }]),
    'ppt/slides/_rels/slide1.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation}</Relationships>`,
    'ppt/media/image1.png': picture,
  });
}

it('the pictures of slides lead to their document, are seen once, and go with it', async () => {
  const { tools, database } = openKnowledgeTools(temporaryFolder());
  const { knowledge, parser } = tools;
  const picture = noise(1).toBuffer('image/png');
  const seen: Uint8Array[] = [];
  const model: PictureEmbedder = {
    identity: 'fake-pictures@0',
    dimensions: 2,
    embedPictures: async (pictures) => {
      seen.push(...pictures);
      return pictures.map(() => Float32Array.of(1, 0));
    },
    embedWords: async (texts) =>
      texts.map((text) => (text.includes('knot') ? Float32Array.of(1, 0) : Float32Array.of(0, 1))),
  };
  const open = () => {
    const store = createSqlitePictureStore(database);
    const log = (_: 'warn', message: string) => expect.unreachable(message);
    const pictures = createPictures({ store, knowledge, parser, model, log });
    onTestFinished(() => pictures.close());
    return pictures;
  };
  const pictures = open();
  await pictures.catchUp();
  const given = async function* () {
    yield { source: 'knots.pptx', name: 'knots.pptx', bytes: deckWith(picture) };
    yield { source: 'a.md', name: 'a.md', bytes: Buffer.from('# Ropes\n\nNo picture.') };
  };
  for await (const outcome of ingest(given(), { ...tools, followers: [pictures] }))
    expect(outcome.status).toBe('added');
  await pictures.settled();
  expect(seen.map((bytes) => Buffer.from(bytes))).toEqual([picture]);
  const { id } = (await knowledge.findBySource('knots.pptx'))!;
  expect(await pictures.find({ text: 'a knot' }, {})).toEqual([{ documentId: id, similarity: 0.8 }]);
  expect(await pictures.find({ text: 'a boat' }, {})).toEqual([]);

  const again = open();
  await again.catchUp();
  expect(seen).toHaveLength(1);
  expect(await again.find({ text: 'a knot' }, {})).toMatchObject([{ documentId: id }]);
  await again.apply((await knowledge.removeDocument(id))!);
  await again.settled();
  expect(await again.find({ text: 'a knot' }, {})).toEqual([]);
});

it('what a picture says of its size is read without unpacking it', () => {
  const canvas = noise(2, 70, 30);
  for (const bytes of [
    canvas.toBuffer('image/png'),
    canvas.toBuffer('image/jpeg'),
    canvas.toBuffer('image/webp'),
  ])
    expect(pictureSize(bytes)).toEqual({ width: 70, height: 30 });
  const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([70, 0, 30, 0]), Buffer.alloc(30)]);
  expect(pictureSize(gif)).toEqual({ width: 70, height: 30 });
  expect(pictureSize(canvas.toBuffer('image/jpeg').subarray(0, 40))).toBeNull();
  expect(pictureSize(Buffer.from('x'.repeat(60)))).toBeNull();
});
