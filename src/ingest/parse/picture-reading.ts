import { AnswerboxError } from '../../errors.ts';
import type { ParseContext } from './parse-context.ts';
import { canReadPictures, readPicture } from './read-picture.ts';

/** Pictures smaller than this, in bytes, are ornaments. */
export const PICTURE_BYTES = 3_000;

/** OCR as a document's reading uses it. */
export interface Ocr {
  canRead: () => Promise<boolean>;
  /** See readPicture. */
  read: (bytes: Uint8Array) => Promise<string | null>;
}

export const TESSERACT: Ocr = { canRead: canReadPictures, read: readPicture };

/** What a picture is in a document: a whole page of a PDF, or something on a slide or in a text. */
export type PicturePlace = 'page' | 'slide' | 'picture';

/** The texts of one document's pictures, and which of them were not read: none is left out without a word. */
export class PictureReading {
  readonly #context: ParseContext;
  readonly #source: string;
  readonly #place: PicturePlace;
  readonly #ocr: Ocr;
  readonly #unread: Record<'count' | 'time' | 'failed', Set<number>> = {
    count: new Set(),
    time: new Set(),
    failed: new Set(),
  };

  constructor(context: ParseContext, source: string, place: PicturePlace, ocr: Ocr) {
    this.#context = context;
    this.#source = source;
    this.#place = place;
    this.#ocr = ocr;
  }

  async canRead(): Promise<boolean> {
    return this.#context.readsPictures && (await this.#ocr.canRead());
  }

  /** '' when there is none, or OCR is not installed. @param number of the page, slide or picture, from 1 */
  async read(number: number, picture: () => Promise<Uint8Array> | Uint8Array): Promise<string> {
    if (!(await this.canRead())) return '';
    const why = this.#context.spendPicture(this.#place === 'page' ? 'page' : 'picture');
    if (why !== null) {
      this.#unread[why].add(number);
      return '';
    }
    const text = await this.#ocr.read(await picture());
    if (text === null) this.#unread.failed.add(number);
    return text ?? '';
  }

  /** Notes what was not read, once the document is through. */
  report(): void {
    const { count, time, failed } = this.#unread;
    this.#note('document_pictures_left', new Set([...count, ...time]));
    this.#note('document_pictures_failed', failed);
  }

  #note(code: 'document_pictures_left' | 'document_pictures_failed', numbers: ReadonlySet<number>): void {
    if (numbers.size === 0) return;
    const place = this.#place === 'slide' ? 'pictures on slide' : this.#place;
    const which = `${place}${numbers.size === 1 ? '' : 's'} ${rangesOf(numbers)}`;
    this.#context.addProblem(new AnswerboxError(code, { source: this.#source, which }));
  }
}

/** '3, 7–9': numbers in a row as one; the first twenty such rows. */
function rangesOf(numbers: ReadonlySet<number>): string {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const shown = ranges.slice(0, 20).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return shown.join(', ') + (ranges.length > 20 ? ' …' : '');
}
