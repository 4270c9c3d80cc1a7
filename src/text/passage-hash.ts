import { createHash } from 'node:crypto';
import { passageText } from './passage-text.ts';

/** Hex SHA-256 of what the models see of a passage: equal hashes, equal vectors. */
export function passageHash(passage: { headingPath: string; text: string }): string {
  return createHash('sha256').update(passageText(passage)).digest('hex');
}
