import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { picture } from '../../testing/files/every-format.ts';
import { makePdf } from '../../testing/files/make-pdf.ts';
import { buildDocument } from './build-document.ts';
import { ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import { parseFile } from './parse-file.ts';
import { parsePdf } from './parse-pdf.ts';
import { PictureReading, type Ocr } from './picture-reading.ts';
import { canReadPictures } from './read-picture.ts';

const contextOf = (): ParseContext =>
  new ParseContext(() => Promise.reject(new Error('nothing is inside of it')));

/** Stands for OCR where only the counting matters. */
function ocrOf(read: Ocr['read'] = () => Promise.resolve('words')): Ocr {
  return { canRead: () => Promise.resolve(true), read };
}

async function readAll(count: number, place: 'page' | 'picture' | 'slide', ocr = ocrOf()) {
  const context = contextOf();
  const reading = new PictureReading(context, 'scan', place, ocr);
  let read = 0;
  for (let number = 1; number <= count; number += 1)
    if ((await reading.read(number, () => Buffer.from([number % 256]))) !== '') read += 1;
  reading.report();
  return { read, problems: context.problems };
}

/** The clock of this process says that so much time passed. */
function passTime(milliseconds: () => number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds());
  onTestFinished(() => void vi.restoreAllMocks());
}

function scan(pages: number): Buffer {
  // As tall as a page, so that its letters keep their shape.
  const bytes = picture(['Moorings close at noon.', ...Array.from({ length: 22 }, () => '')], 'jpeg');
  return makePdf(
    Array.from({ length: pages }, () => []),
    { picture: { bytes, width: 1240, height: 1730 } },
  );
}

describe('pictures of a document', () => {
  it('beyond the limit are named, pages of a scan as a range', async () => {
    expect(PARSE_LIMITS.scannedPages).toBeGreaterThan(PARSE_LIMITS.pictures);
    const most = PARSE_LIMITS.scannedPages;
    const pages = await readAll(most + 2, 'page');
    expect(pages.read).toBe(most);
    expect(pages.problems).toMatchObject([{ source: 'scan', code: 'document_pictures_left' }]);
    expect(pages.problems[0]!.message).toContain(`pages ${most + 1}–${most + 2}`);
    for (const [place, words] of [
      ['picture', 'picture 51'],
      ['slide', 'pictures on slide 51'],
    ] as const) {
      const { read, problems } = await readAll(51, place);
      expect(read).toBe(50);
      expect(problems[0]!.message).toContain(`${words} not`);
    }
    expect((await readAll(most, 'page')).problems).toEqual([]);
  });

  it('that OCR fails on are named, and one without text is no failure', async () => {
    const failing = [2, 4, 5];
    const ocr = ocrOf(([number]) => Promise.resolve(failing.includes(number!) ? null : ''));
    const { problems } = await readAll(6, 'page', ocr);
    expect(problems).toMatchObject([{ code: 'document_pictures_failed' }]);
    expect(problems[0]!.message).toContain('pages 2, 4–5 ');
  });

  it('are left in time: what was read of a scan until then is kept, and the pages that were not are named', async () => {
    let passed = 0;
    passTime(() => passed);
    const ocr = ocrOf(() => {
      passed += (PARSE_LIMITS.ocrSeconds * 1_000) / 1.5;
      return Promise.resolve('Moorings close at noon.');
    });
    const file = { source: 'scan.pdf', name: 'scan.pdf', bytes: scan(4) };
    const context = contextOf();
    const { text, pages } = buildDocument(file, 'application/pdf', await parsePdf(file, context, ocr));
    expect(text.match(/Moorings/g)).toHaveLength(2);
    expect(pages.length).toBeGreaterThan(0);
    expect(context.problems).toMatchObject([{ code: 'document_pictures_left' }]);
    expect(context.problems[0]!.message).toContain('pages 3–4');
    expect(PARSE_LIMITS.ocrSeconds + 60).toBeLessThan(PARSE_LIMITS.wallSeconds);
    expect(PARSE_LIMITS.ocrComputeSeconds).toBeLessThan(PARSE_LIMITS.seconds);
  });
});

const isInstalled = await canReadPictures();

describe('tesseract', () => {
  it('reads a scanned PDF and a picture, the pages known', { timeout: 120_000 }, async ({ skip }) => {
    skip(!isInstalled, 'tesseract-ocr with a language is not installed here');
    const scanned = { source: 'scan.pdf', name: 'scan.pdf', bytes: scan(2) };
    const { document, problems } = await parseFile(scanned);
    expect(problems).toEqual([]);
    expect(document.text.match(/Moorings close at noon/g)).toHaveLength(2);
    expect(document.pages?.map(({ page }) => page)).toEqual([1, 2]);
    const bytes = picture(['The hut is out of order.', 'Call the harbour master.']);
    const letter = await parseFile({ source: 'hut.png', name: 'hut.png', bytes });
    expect(letter.document.text).toContain('out of order');
    expect(letter.document.text).toContain('harbour master');
  });

  it('that cannot read a file fails it with a reason', { timeout: 120_000 }, async ({ skip }) => {
    skip(!isInstalled, 'tesseract-ocr with a language is not installed here');
    const bytes = picture(['x']).subarray(0, 200);
    const read = parseFile({ source: 'cut.png', name: 'cut.png', bytes });
    await expect(read).rejects.toMatchObject({ code: 'document_empty' });
  });
});
