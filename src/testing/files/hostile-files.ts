import { everyFormat, picture } from './every-format.ts';
import { hostileArchives } from './hostile-archives.ts';
import { hostilePdfs } from './hostile-pdfs.ts';
import { hostileTexts } from './hostile-texts.ts';

/** A file made to hurt, and what must come of it: the code of its failure, or null when its text is read. */
export interface HostileFile {
  what: string;
  name: string;
  make: () => Uint8Array;
  code: string | null;
  /** Codes of parts that must be reported though the file is read. */
  problems?: readonly string[];
  /** Words that must still be found in it or its parts, and some that must not. */
  holds?: string;
  lacks?: string;
}

/** All of them, made when asked for: the largest takes 20 MB. */
export function hostileFiles(): HostileFile[] {
  return [...hostilePdfs(), ...hostileArchives(), ...hostileTexts(), ...truncated(), ...disguised()];
}

const BINARY = /\.(?:pdf|docx|xlsx|pptx|odt|ods|odp|epub|zip)$/;

/** Each binary format cut off in the middle. */
function truncated(): HostileFile[] {
  return everyFormat()
    .filter(({ name }) => BINARY.test(name))
    .map(({ name, bytes }) => ({
      what: `${name} cut off in the middle`,
      name,
      make: () => bytes.subarray(0, Math.floor(bytes.length / 2)),
      // A ZIP has its directory at the end, a PDF its table of objects.
      code: 'document_damaged',
    }));
}

/** The name says one thing, the bytes another: the bytes are right. */
function disguised(): HostileFile[] {
  const of = (wanted: string): Uint8Array => everyFormat().find(({ name }) => name === wanted)!.bytes;
  return [
    {
      what: 'a PDF called .md',
      name: 'a.md',
      make: () => of('lighthouse.pdf'),
      code: null,
      holds: 'Ingeborg Falk',
    },
    {
      what: 'a Word file called .pdf',
      name: 'a.pdf',
      make: () => of('kitchen.docx'),
      code: null,
      holds: 'Gas stoves',
    },
    {
      what: 'a ZIP called .docx',
      name: 'a.docx',
      make: () => of('archive.zip'),
      code: null,
      holds: 'Hockey skates',
    },
    {
      what: 'a page called .txt',
      name: 'a.txt',
      make: () => of('parking.html'),
      code: null,
      holds: 'two metres',
      lacks: '<p>',
    },
    { what: 'a sheet called .csv', name: 'a.csv', make: () => of('hire.xlsx'), code: null, holds: 'Pelican' },
    {
      what: 'a text called .pdf',
      name: 'b.pdf',
      make: () => Buffer.from('Only text after all.'),
      code: null,
      holds: 'Only text',
    },
    {
      what: 'a program called .pdf',
      name: 'c.pdf',
      make: () => Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0', 'latin1'),
      code: 'document_binary',
    },
    {
      what: 'a picture called .txt',
      name: 'd.txt',
      make: () => picture(['x']).subarray(0, 200),
      code: 'document_needs_ocr',
    },
    {
      what: 'an old Word file',
      name: 'old.doc',
      make: () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]),
      code: 'document_binary',
    },
    {
      what: 'random bytes',
      name: 'r.md',
      make: () => Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3)) & 255),
      code: 'document_binary',
    },
    { what: 'nothing at all', name: 'e.pdf', make: () => new Uint8Array(), code: 'document_empty' },
  ];
}
