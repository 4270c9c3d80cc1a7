import { AnswerboxError } from '../../errors.ts';
import type { ParsedPart, ParseProblem, SourceFile } from '../ingest-types.ts';
import { PARSE_LIMITS } from './parse-limits.ts';

/** Spent by a file and everything inside it together. */
interface Budget {
  parts: ParsedPart[];
  problems: ParseProblem[];
  count: number;
  unpackedBytes: number;
  characters: number;
  pictures: number;
  scannedPages: number;
  /** When the file was begun: performance.now(), and microseconds of computing of this process. */
  begun: { at: number; computed: number };
  /** Null: they are not wanted. */
  kept: Uint8Array[] | null;
  /** Those to be shown, as markup names them; null: their text is wanted instead. */
  held: Map<string, Uint8Array> | null;
}

export type ParseInside = (file: SourceFile, context: ParseContext) => Promise<ParsedPart['document']>;

/** One file's reading: what was found in it, what it has cost, and how deep inside containers it is. */
export class ParseContext {
  readonly #parseInside: ParseInside;
  readonly #budget: Budget;
  readonly #path: string;
  readonly #depth: number;

  constructor(
    parseInside: ParseInside,
    above?: { context: ParseContext; name: string },
    {
      keepsPictures = false,
      showsPictures = false,
    }: { keepsPictures?: boolean; showsPictures?: boolean } = {},
  ) {
    this.#parseInside = parseInside;
    const spent = { count: 0, unpackedBytes: 0, characters: 0, pictures: 0, scannedPages: 0 };
    const begun = { at: performance.now(), computed: computedHere() };
    const [kept, held] = [keepsPictures ? [] : null, showsPictures ? new Map<string, Uint8Array>() : null];
    const empty = { parts: [], problems: [], ...spent, begun, kept, held };
    this.#budget = above ? above.context.#budget : empty;
    this.#path = above ? `${above.context.#path}${above.name}/` : '';
    this.#depth = above ? above.context.#depth + 1 : 0;
  }

  get parts(): readonly ParsedPart[] {
    return this.#budget.parts;
  }

  get problems(): readonly ParseProblem[] {
    return this.#budget.problems;
  }

  /**
   * Reads a document inside this one as a part of its own.
   * @throws document_*: what cannot be read; addProblem takes note of it, and the others go on
   */
  async addPart(name: string, file: SourceFile): Promise<void> {
    this.#budget.count += 1;
    if (this.#budget.count > PARSE_LIMITS.parts)
      throw overLimit(file.source, 'parts', this.#budget.count, PARSE_LIMITS.parts);
    const inner = new ParseContext(this.#parseInside, { context: this, name });
    if (this.#depth + 1 > PARSE_LIMITS.nesting)
      throw new AnswerboxError('document_nesting', {
        source: file.source,
        what: 'containers',
        limit: PARSE_LIMITS.nesting,
      });
    const place = this.#budget.parts.length;
    const document = await this.#parseInside(file, inner);
    // Before what was inside it, so that a mail stands before its attachments.
    this.#budget.parts.splice(place, 0, { name: this.#path + name, bytes: file.bytes, document });
  }

  /** The failure of one part. @throws what is unknown, or ends the whole file */
  asFailure(error: unknown): AnswerboxError {
    if (!(error instanceof AnswerboxError) || isShared(error)) throw error;
    return error;
  }

  /** Notes that a part could not be read though others were. */
  addProblem(error: AnswerboxError): void {
    const { code, message, details } = error;
    this.#budget.problems.push({ source: String(details['source'] ?? ''), code, message });
  }

  /** @throws document_compression when all archives in the file unpack to more than is taken */
  spendUnpacked(source: string, bytes: number, packed: number): void {
    this.#budget.unpackedBytes += bytes;
    const found = this.#budget.unpackedBytes;
    const ratio = Math.round(bytes / Math.max(1, packed));
    const isBomb = found > PARSE_LIMITS.ratioFromBytes && ratio > PARSE_LIMITS.ratio;
    if (found > PARSE_LIMITS.unpackedBytes || isBomb)
      throw new AnswerboxError('document_compression', { source, found, ratio });
  }

  /** @throws document_over_limit when all parts together hold more text than is taken */
  spendCharacters(source: string, count: number): void {
    this.#budget.characters += count;
    if (this.#budget.characters > PARSE_LIMITS.characters)
      throw overLimit(source, 'characters', this.#budget.characters, PARSE_LIMITS.characters);
  }

  /** Pictures of the file itself, if they are wanted; those of documents inside it are those documents' own. */
  get pictures(): readonly Uint8Array[] | null {
    return this.#budget.kept;
  }

  keepPicture(bytes: Uint8Array): void {
    const { kept } = this.#budget;
    if (kept && this.#depth === 0 && kept.length < PARSE_LIMITS.pictures) kept.push(bytes);
  }

  /** False where the pictures themselves are wanted, and no text out of them. */
  get readsPictures(): boolean {
    return this.#budget.held === null;
  }

  /** The address under which markup names a picture of the file. */
  holdPicture(bytes: Uint8Array): string {
    const address = `held:${this.#budget.held?.size ?? 0}`;
    this.#budget.held?.set(address, bytes);
    return address;
  }

  heldPicture(address: string): Uint8Array | undefined {
    return this.#budget.held?.get(address);
  }

  /** Null when one more may be read by OCR; else what is used up: their number, or the time for them. */
  spendPicture(kind: 'picture' | 'page'): 'count' | 'time' | null {
    const { at, computed } = this.#budget.begun;
    const seconds = (performance.now() - at) / 1_000;
    const computeSeconds = (computedHere() - computed) / 1_000_000;
    if (seconds > PARSE_LIMITS.ocrSeconds || computeSeconds > PARSE_LIMITS.ocrComputeSeconds) return 'time';
    const [what, most] =
      kind === 'page'
        ? (['scannedPages', PARSE_LIMITS.scannedPages] as const)
        : (['pictures', PARSE_LIMITS.pictures] as const);
    this.#budget[what] += 1;
    return this.#budget[what] <= most ? null : 'count';
  }
}

function computedHere(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

export function overLimit(source: string, what: string, found: number, limit: number): AnswerboxError {
  return new AnswerboxError('document_over_limit', { source, what, found, limit });
}

/** One bomb among the members ends the file: the next member would only go on spending. */
function isShared(error: AnswerboxError): boolean {
  const { code, details } = error;
  if (code === 'document_compression') return true;
  return code === 'document_over_limit' && (details['what'] === 'characters' || details['what'] === 'parts');
}
