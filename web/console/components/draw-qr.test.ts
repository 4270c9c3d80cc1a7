import decodeQR from 'qr/decode.js';
import { expect, it } from 'vitest';
import { drawQr, type QrDrawing } from './draw-qr.ts';

const PIXELS = 4;

/** The path as pixels, RGBA. */
function rasterise({ size, path }: QrDrawing) {
  const side = size * PIXELS;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let pixel = 0; pixel < PIXELS * PIXELS; pixel += 1) {
      const column = Number(x) * PIXELS + (pixel % PIXELS);
      const row = Number(y) * PIXELS + Math.floor(pixel / PIXELS);
      data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
    }
  return { width: side, height: side, data };
}

it('what is drawn is read back by a decoder', () => {
  for (const text of [
    'otpauth://totp/Answerbox:ada%40shop.example?issuer=Answerbox&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
    'ü 漢字',
  ])
    expect(decodeQR(rasterise(drawQr(text)))).toBe(text);
});
