import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import type { PathOrder, PictureModel } from './model-protocol.ts';
import { loadOnnxSession, type OnnxSession } from './onnx-session.ts';
import { pictureSize } from './picture-size.ts';
import type { TurnLock } from './turn-lock.ts';
import { loadTokenizer, type WordEncoder } from './word-pieces.ts';

/** Pixels of a picture that is unpacked at most: 50 million take 200 MB. 1…100 million. */
const MOST_PIXELS = 50_000_000;
/** Tokens of the words, as CLIP was trained with. */
const MOST_TOKENS = 77;

const SIDE = Type.Union([
  Type.Integer({ minimum: 1, maximum: 1024 }),
  Type.Object({ height: Type.Integer({ minimum: 1, maximum: 1024 }) }),
]);
const PREPROCESSOR = Type.Object({
  crop_size: SIDE,
  image_mean: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
  image_std: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
});

/** How the picture half wants its pixels: preprocessor_config.json. */
interface PixelFormat {
  side: number;
  mean: readonly number[];
  deviation: readonly number[];
}

/** Pictures and words to unit vectors of one space. */
export class OnnxPictures {
  private readonly vision: OnnxSession;
  private readonly words: OnnxSession;
  private readonly tokenizer: WordEncoder;
  private readonly format: PixelFormat;

  constructor(vision: OnnxSession, words: OnnxSession, tokenizer: WordEncoder, format: PixelFormat) {
    this.vision = vision;
    this.words = words;
    this.tokenizer = tokenizer;
    this.format = format;
  }

  /** Null for what cannot be read. @throws cancelled */
  async embedPictures(
    pictures: readonly Uint8Array[],
    signal?: AbortSignal,
  ): Promise<(Float32Array | null)[]> {
    const { side } = this.format;
    const vectors: (Float32Array | null)[] = [];
    for (const picture of pictures) {
      throwIfCancelled(signal);
      const data = await pixelsOf(picture, this.format);
      const outputs =
        data && (await this.vision.runPlain({ pixel_values: { data, dims: [1, 3, side, side] } }));
      vectors.push(outputs && unit(outputs['image_embeds']!.data));
    }
    return vectors;
  }

  /** @throws cancelled */
  async embedWords(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const rows = texts.map((text) => {
      const { ids } = this.tokenizer.encode(text, { add_special_tokens: true });
      // The end mark counts, so that it stays.
      const kept = ids.length > MOST_TOKENS ? [...ids.slice(0, MOST_TOKENS - 1), ids.at(-1)!] : ids;
      return { ids: kept, types: new Array<number>(kept.length).fill(0) };
    });
    const vectors = new Array<Float32Array>(texts.length);
    await this.words.run(
      rows,
      1,
      (row, _place, outputs) => void (vectors[row] = unit(outputs.tensors['text_embeds']!)),
      signal,
    );
    return vectors;
  }

  async dispose(): Promise<void> {
    await this.vision.dispose();
    await this.words.dispose();
  }
}

/** [3, side, side]: the middle of the picture on white, each colour less its mean, in deviations. */
async function pixelsOf(
  bytes: Uint8Array,
  { side, mean, deviation }: PixelFormat,
): Promise<Float32Array | null> {
  const size = pictureSize(bytes);
  if (!size || size.width * size.height > MOST_PIXELS) return null;
  const image = await loadImage(Buffer.from(bytes)).catch(() => null);
  if (!image || image.width === 0 || image.height === 0) return null;
  const context = createCanvas(side, side).getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  const edge = Math.min(image.width, image.height);
  context.drawImage(image, (image.width - edge) / 2, (image.height - edge) / 2, edge, edge, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  const plane = side * side;
  return Float32Array.from({ length: 3 * plane }, (_, at) => {
    const colour = Math.floor(at / plane);
    return (data[(at % plane) * 4 + colour]! / 255 - mean[colour]!) / deviation[colour]!;
  });
}

function unit(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (value) => value / norm);
}

/** @throws model_missing, model_unusable */
export async function loadOnnxPictures(
  { folder, tokenizerFile }: PictureModel,
  order: PathOrder,
  lock: TurnLock,
): Promise<OnnxPictures> {
  const { modelsDir, compute } = order;
  const half = async (name: 'vision_model' | 'text_model'): Promise<OnnxSession> => {
    const fullPrecision = !existsSync(join(modelsDir, folder, 'onnx', `${name}_quantized.onnx`));
    return loadOnnxSession(modelsDir, { folder, fullPrecision, half: name }, compute.onnxThreads, lock);
  };
  return new OnnxPictures(
    await half('vision_model'),
    await half('text_model'),
    loadTokenizer(tokenizerFile),
    readPixelFormat(join(modelsDir, folder, 'preprocessor_config.json')),
  );
}

function readPixelFormat(file: string): PixelFormat {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AnswerboxError('model_unusable', { file, reason: reasonOf(error) }, error);
  }
  if (!Value.Check(PREPROCESSOR, value))
    throw new AnswerboxError('model_unusable', {
      file,
      reason: 'it does not say crop_size, image_mean and image_std, as a CLIP model does',
    });
  const { crop_size: crop, image_mean: mean, image_std: deviation } = value;
  return { side: typeof crop === 'number' ? crop : crop.height, mean, deviation };
}
