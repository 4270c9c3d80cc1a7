import { crc32, inflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import type { ParseContext } from './parse-context.ts';
import { overLimit } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';

/**
 * ZIP archives by their central directory (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16). Sizes are
 * what the directory says, and a member that unpacks to more or has another checksum is an error: nothing
 * is inflated that was not counted first. No member's name ever becomes a path on the disk.
 */
export interface ArchiveMember {
  name: string;
  isFolder: boolean;
  isEncrypted: boolean;
  /** Bytes unpacked, as the directory says. */
  size: number;
  packedSize: number;
  method: number;
  crc: number;
  /** Place of the local header. */
  offset: number;
}

const END = 0x06054b50;
const MEMBER = 0x02014b50;
const LOCAL = 0x04034b50;
/** An archive may have a comment of 65,535 bytes behind its end record of 22. */
const END_SEARCH = 65_557;
const [STORED, DEFLATED] = [0, 8];

const opened = new WeakMap<Uint8Array, Archive>();

/** The archive in these bytes, its claimed size counted once. @throws as the constructor */
export function openArchive({ bytes, source }: SourceFile, context: ParseContext): Archive {
  const known = opened.get(bytes) ?? new Archive(bytes, source, context);
  opened.set(bytes, known);
  return known;
}

export class Archive {
  readonly members: readonly ArchiveMember[];
  readonly #bytes: Buffer;
  readonly #source: string;

  /** @throws document_damaged, document_over_limit, document_compression */
  constructor(bytes: Uint8Array, source: string, context: ParseContext) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#source = source;
    this.members = this.#readDirectory();
    // Before anything is inflated: what all members claim together.
    const claimed = this.members.reduce((sum, { size }) => sum + size, 0);
    context.spendUnpacked(source, claimed, bytes.byteLength);
  }

  has(name: string): boolean {
    return this.members.some((member) => member.name === name);
  }

  /** The member's bytes, null when there is none of this name. @throws document_damaged, document_encrypted */
  read(name: string): Buffer | null {
    const member = this.members.find((one) => one.name === name);
    return member ? this.unpack(member) : null;
  }

  readText(name: string): string | null {
    return (
      this.read(name)
        ?.toString('utf8')
        .replace(/^\ufeff/, '') ?? null
    );
  }

  unpack(member: ArchiveMember): Buffer {
    if (member.isEncrypted) throw new AnswerboxError('document_encrypted', { source: this.#source });
    const at = member.offset;
    if (at + 30 > this.#bytes.length || this.#bytes.readUInt32LE(at) !== LOCAL)
      throw this.#damaged(`the member ${member.name} is not where it should be`);
    const begin = at + 30 + this.#bytes.readUInt16LE(at + 26) + this.#bytes.readUInt16LE(at + 28);
    const packed = this.#bytes.subarray(begin, begin + member.packedSize);
    if (packed.length < member.packedSize) throw this.#damaged(`the member ${member.name} is cut off`);
    const bytes = this.#inflate(member, packed);
    if (bytes.length !== member.size || crc32(bytes) !== member.crc)
      throw this.#damaged(`the member ${member.name} is not what the directory says`);
    return bytes;
  }

  /** Unpacks all members once, so that another library may open the same bytes without surprise. */
  verify(): void {
    for (const member of this.members) if (!member.isFolder) this.unpack(member);
  }

  #inflate({ name, method, size }: ArchiveMember, packed: Buffer): Buffer {
    if (method === STORED) return packed;
    if (method !== DEFLATED) throw this.#damaged(`the member ${name} is packed by method ${method}`);
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    } catch (error) {
      throw this.#damaged(`the member ${name}: ${reasonOf(error)}`, error);
    }
  }

  #readDirectory(): ArchiveMember[] {
    const bytes = this.#bytes;
    const end = this.#findEnd();
    const count = bytes.readUInt16LE(end + 10);
    let at = bytes.readUInt32LE(end + 16);
    if (count === 0xffff || at === 0xffff_ffff) throw this.#damaged('it is of the ZIP64 kind');
    if (count > PARSE_LIMITS.parts * 5)
      throw overLimit(this.#source, 'members', count, PARSE_LIMITS.parts * 5);
    const members: ArchiveMember[] = [];
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== MEMBER)
        throw this.#damaged('its directory is cut off');
      const flags = bytes.readUInt16LE(at + 8);
      const nameLength = bytes.readUInt16LE(at + 28);
      const rawName = bytes.subarray(at + 46, at + 46 + nameLength);
      const name = (flags & 0x800) !== 0 ? rawName.toString('utf8') : nameOf(rawName);
      members.push({
        name,
        isFolder: /[/\\]$/.test(name),
        isEncrypted: (flags & 1) !== 0,
        method: bytes.readUInt16LE(at + 10),
        crc: bytes.readUInt32LE(at + 16),
        packedSize: bytes.readUInt32LE(at + 20),
        size: bytes.readUInt32LE(at + 24),
        offset: bytes.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return members;
  }

  #findEnd(): number {
    const bytes = this.#bytes;
    for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - END_SEARCH); at -= 1) {
      if (bytes.readUInt32LE(at) === END) return at;
    }
    throw this.#damaged('its directory is missing');
  }

  #damaged(reason: string, cause?: unknown): AnswerboxError {
    const shown = reason.replace(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').slice(0, 200);
    return new AnswerboxError(
      'document_damaged',
      { source: this.#source, format: 'a ZIP archive or office file', reason: shown },
      cause,
    );
  }
}

/** Older tools write names in UTF-8 without saying so, or in the code page of DOS. */
function nameOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, 'cp437');
  }
}
