import type { MediaType } from './ingest-types.ts';

const OPEN_XML = 'application/vnd.openxmlformats-officedocument.';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.';

/** What people call the formats: the usual ending of their files. */
const NAMES: Readonly<Record<string, MediaType>> = {
  md: 'text/markdown',
  html: 'text/html',
  txt: 'text/plain',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  rtf: 'application/rtf',
  pdf: 'application/pdf',
  docx: `${OPEN_XML}wordprocessingml.document`,
  xlsx: `${OPEN_XML}spreadsheetml.sheet`,
  pptx: `${OPEN_XML}presentationml.presentation`,
  odt: `${OPEN_DOCUMENT}text`,
  ods: `${OPEN_DOCUMENT}spreadsheet`,
  odp: `${OPEN_DOCUMENT}presentation`,
  epub: 'application/epub+zip',
  eml: 'message/rfc822',
  mbox: 'application/mbox',
  zip: 'application/zip',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  tiff: 'image/tiff',
  webp: 'image/webp',
  bmp: 'image/bmp',
};

export const FORMAT_NAMES = Object.keys(NAMES);

/** The format's media type by its name; null for a name that stands for none. */
export function formatNamed(name: string): MediaType | null {
  const ending = name.toLowerCase().replace(/^\./, '');
  return Object.hasOwn(NAMES, ending) ? NAMES[ending]! : null;
}
