import type { MediaType } from '../ingest-types.ts';

/** The numbers of finding documents by their pictures. */
export const PICTURES = {
  /**
   * Cosine of words and a picture from which on it leads to its document, and at which it counts as a passage of
   * `most`. Those of CLIP models: 0.2 is chance, 0.3 a good match. Other models need other numbers.
   */
  floor: 0.2,
  full: 0.32,
  most: 0.8,
  /** Pictures of one document at most; 1…200. */
  ofDocument: 50,
  /** Documents named for a question at most. */
  named: 8,
} as const;

/** Formats whose files are pictures. */
export const PICTURE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
] as const satisfies readonly MediaType[];

/** Formats whose parser hands their pictures over. */
export const ILLUSTRATED_TYPES = [
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/epub+zip',
  'text/html',
] as const satisfies readonly MediaType[];
