/** What a picture says of itself before it is unpacked: a small file may unpack to gigabytes. */
export interface PictureSize {
  width: number;
  height: number;
}

/** Pixels, of PNG, JPEG, GIF, WebP and BMP; null for anything else. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 30) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (tag(0) === '\u0089PNG') return { width: view.getUint32(16), height: view.getUint32(20) };
  if (tag(0) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (bytes[0] === 0x42 && bytes[1] === 0x4d)
    return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  if (tag(0) === 'RIFF' && tag(8) === 'WEBP') return webpSize(view, tag(12));
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(view) : null;
}

/** RFC 9649: extended, lossless, lossy. */
function webpSize(view: DataView, kind: string): PictureSize | null {
  const bits24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (kind === 'VP8X') return { width: bits24(24) + 1, height: bits24(27) + 1 };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== 'VP8 ') return null;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** The frame header (SOF0…SOF15 but DHT, JPG, DAC) is behind segments that name their lengths. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 <= view.byteLength;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return null;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
