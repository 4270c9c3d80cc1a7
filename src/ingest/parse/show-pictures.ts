import { createCanvas, loadImage } from '@napi-rs/canvas';
import { AnswerboxError, hasCode } from '../../errors.ts';
import { pictureSize } from '../../inference/picture-size.ts';
import type { DrawnPicture, MediaType, ShownPicture, SourceFile } from '../ingest-types.ts';
import type { PlacedPicture } from './block-builder.ts';
import type { ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';

const SHOWN = {
  /** Pictures of one document, 1…100. */
  ofDocument: 24,
  /** Pages of a PDF that are looked through, 1…3,000. */
  pages: 300,
  /** Pixels of the longer side as it is opened, and beside an answer. */
  full: 1_600,
  thumbnail: 360,
  /** Pixels of the shorter side below which it is an ornament, 16…200. */
  least: 48,
  /** Pixels that a picture may unpack to: 40 million take 160 MB. */
  pixels: 40_000_000,
  /** WebP, 1…100. */
  quality: 82,
  /** Bytes of one picture as it is opened. */
  bytes: 2_000_000,
} as const;

const NOTHING_BESIDE = { alt: '', page: null, before: '', heading: '', nextHeading: '' } as const;

/**
 * The pictures of a document in its order, drawn anew: whatever else their files hold (scripts, places where they
 * were taken, errors that a browser's reader trips over) stays here. What cannot be drawn is left out.
 * @throws document_*
 */
export async function showPictures(
  file: SourceFile,
  mediaType: MediaType,
  context: ParseContext,
  parse: () => Promise<Parsed>,
): Promise<ShownPicture[]> {
  if (mediaType === 'application/pdf') return showFigures(file, context);
  if (mediaType.startsWith('image/')) {
    const drawn = await draw(file.bytes);
    return drawn ? [{ ...NOTHING_BESIDE, drawn }] : [];
  }
  const shown: ShownPicture[] = [];
  for (const picture of (await parse()).builder.pictures) {
    if (shown.length === SHOWN.ofDocument) break;
    const drawn = await drawnOf(picture, context);
    const { alt, page, before, heading, nextHeading } = picture;
    if (drawn) shown.push({ alt, page, before, heading, nextHeading, drawn });
  }
  return shown;
}

async function showFigures(file: SourceFile, context: ParseContext): Promise<ShownPicture[]> {
  const { openPdf } = await import('./pdf-pages.ts');
  const pdf = await openPdf(file.bytes, file.source);
  try {
    const shown: ShownPicture[] = [];
    for (let page = 1; page <= Math.min(pdf.pages, SHOWN.pages); page += 1) {
      if (shown.length >= SHOWN.ofDocument || context.spendPicture('page') !== null) break;
      for (const bytes of await figuresOf(pdf, page)) {
        const drawn = await draw(bytes);
        if (drawn) shown.push({ ...NOTHING_BESIDE, page, drawn });
      }
    }
    return shown.slice(0, SHOWN.ofDocument);
  } finally {
    await pdf.close();
  }
}

/** One damaged page costs its own pictures, not those of the others. */
async function figuresOf(
  pdf: { cutFigures(page: number): Promise<Uint8Array[]> },
  page: number,
): Promise<Uint8Array[]> {
  try {
    return await pdf.cutFigures(page);
  } catch (error) {
    if (error instanceof AnswerboxError && hasCode(error, 'document_damaged')) return [];
    throw error;
  }
}

async function drawnOf(
  picture: PlacedPicture,
  context: ParseContext,
): Promise<DrawnPicture | { path: string } | null> {
  if ('bytes' in picture) return draw(picture.bytes);
  const { address } = picture;
  const held = context.heldPicture(address);
  if (held) return draw(held);
  const [, base64] = /^data:image\/[a-z0-9.+-]{1,20};base64,([A-Za-z0-9+/=\s]+)$/i.exec(address.trim()) ?? [];
  if (base64 !== undefined) return draw(Buffer.from(base64, 'base64'));
  const isPath = address.length < 1_000 && !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address);
  return isPath ? { path: address } : null;
}

/** Null for what is no picture of a known kind, an ornament, or too large to be unpacked. */
async function draw(bytes: Uint8Array): Promise<DrawnPicture | null> {
  // By the first bytes: the library would also draw SVG, which may name other files.
  const size = pictureSize(bytes);
  if (!size || size.width * size.height > SHOWN.pixels || bytes.length > PARSE_LIMITS.unpackedBytes)
    return null;
  if (Math.min(size.width, size.height) < SHOWN.least) return null;
  const image = await loadImage(Buffer.from(bytes)).catch(() => null);
  if (!image || image.width === 0 || image.height === 0) return null;
  const encode = async (most: number): Promise<{ width: number; height: number; bytes: Buffer }> => {
    const scale = Math.min(1, most / Math.max(image.width, image.height));
    const width = Math.max(1, Math.round(image.width * scale));
    const height = Math.max(1, Math.round(image.height * scale));
    const canvas = createCanvas(width, height);
    canvas.getContext('2d').drawImage(image, 0, 0, width, height);
    return { width, height, bytes: await canvas.encode('webp', SHOWN.quality) };
  };
  const { width, height, bytes: full } = await encode(SHOWN.full);
  if (full.length > SHOWN.bytes) return null;
  const { bytes: thumbnail } = await encode(SHOWN.thumbnail);
  return { width, height, full, thumbnail };
}
