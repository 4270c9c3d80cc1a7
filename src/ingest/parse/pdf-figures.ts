import { createCanvas } from '@napi-rs/canvas';
import { OPS, Util, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

const FIGURES = {
  /** Share of the page that a picture covers at least, 0.01…0.2: less is a logo or a mark. */
  share: 0.03,
  /** Points (1/72 inch) of its shorter side, 20…100. */
  side: 40,
  /** Pictures of one page, 1…20. */
  ofPage: 4,
  /** Dots per point: 150 dpi. */
  scale: 150 / 72,
  /** Pixels of the page that they are cut from. */
  pixels: 6_000_000,
} as const;

const PAINTS: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
]);

type Matrix = number[];
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The pictures of a page cut out of its drawing, so that masks and colours are what a reader sees; as PNG. */
export async function cutFigures(document: PDFDocumentProxy, number: number): Promise<Uint8Array[]> {
  const page = await document.getPage(number);
  try {
    const { fnArray, argsArray } = await page.getOperatorList();
    const flat = page.getViewport({ scale: 1 });
    const boxes = findBoxes(fnArray, argsArray as unknown[][], flat).slice(0, FIGURES.ofPage);
    if (boxes.length === 0) return [];
    const most = Math.sqrt(FIGURES.pixels / Math.max(1, flat.width * flat.height));
    const scale = Math.min(FIGURES.scale, most);
    const viewport = page.getViewport({ scale });
    const drawn = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    // The library's types know the browser's canvas alone.
    await page.render({ canvas: drawn as never, viewport }).promise;
    return await Promise.all(
      boxes.map(({ left, top, width, height }) => {
        const cut = createCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
        cut.getContext('2d').drawImage(drawn, -left * scale, -top * scale);
        return cut.encode('png');
      }),
    );
  } finally {
    page.cleanup();
  }
}

/** Where pictures lie, in points from the upper left, by following the page's transformations. */
function findBoxes(
  operators: readonly number[],
  args: readonly unknown[][],
  { width, height, transform }: { width: number; height: number; transform: unknown[] },
): Box[] {
  const boxes: Box[] = [];
  const kept: Matrix[] = [];
  let matrix = transform as Matrix;
  for (const [at, operator] of operators.entries()) {
    if (operator === OPS.save) kept.push(matrix);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) matrix = kept.pop() ?? matrix;
    else if (operator === OPS.transform) matrix = Util.transform(matrix, args[at]) as Matrix;
    else if (operator === OPS.paintFormXObjectBegin) {
      kept.push(matrix);
      const own = args[at]?.[0];
      if (Array.isArray(own)) matrix = Util.transform(matrix, own as Matrix) as Matrix;
    } else if (PAINTS.has(operator)) {
      const box = unitSquare(matrix, width, height);
      const isLarge = box.width * box.height >= FIGURES.share * width * height;
      if (
        isLarge &&
        Math.min(box.width, box.height) >= FIGURES.side &&
        !boxes.some((one) => isSame(one, box))
      )
        boxes.push(box);
    }
  }
  return boxes;
}

/** What a picture covers of the page: it is drawn into the unit square. */
function unitSquare([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: Matrix, width: number, height: number): Box {
  const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const across = [e, e + a, e + c, e + a + c].map((x) => within(x, width));
  const down = [f, f + b, f + d, f + b + d].map((y) => within(y, height));
  const [left, top] = [Math.min(...across), Math.min(...down)];
  return { left, top, width: Math.max(...across) - left, height: Math.max(...down) - top };
}

/** A picture and its shadow or mask lie over one another. */
function isSame(one: Box, other: Box): boolean {
  return (['left', 'top', 'width', 'height'] as const).every((side) => Math.abs(one[side] - other[side]) < 4);
}
