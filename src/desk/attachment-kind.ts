import { fileTypeFromBuffer } from 'file-type';
import { AnswerboxError } from '../errors.ts';

/** Numbers of files in conversations. */
export const ATTACHMENTS = {
  /** Files of one conversation; 1…1,000. */
  most: 20,
  /** Characters of a name that are kept. */
  nameCharacters: 200,
  /** Characters of the text in a file that are handed back, to be sent as a question. */
  textCharacters: 1500,
} as const;

const TAKEN: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
]);

/**
 * What a file is, by its content: its name and what the sender calls it never decide.
 * @throws attachment_type_refused
 */
export async function attachmentKind(name: string, content: Uint8Array): Promise<string> {
  const found = (await fileTypeFromBuffer(content).catch(() => undefined))?.mime;
  if (found !== undefined && TAKEN.has(found)) return found;
  if (found === undefined && isPlainText(content)) return 'text/plain';
  const kind = content.byteLength === 0 ? 'empty' : (found ?? 'no picture, PDF or text');
  throw new AnswerboxError('attachment_type_refused', {
    name,
    found: found === undefined ? kind : `a file of the type ${kind}`,
  });
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/** UTF-8 without control characters, and no markup: what a browser could take for a page is refused. */
function isPlainText(content: Uint8Array): boolean {
  if (content.byteLength === 0) return false;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return false;
  }
  return !CONTROL.test(text) && !/^\s*<(?:!doctype|\?xml|html|svg|script)/i.test(text);
}

/** A name that can be shown and saved anywhere. */
export function attachmentName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}"<>|:*?]+/gu, '_').trim();
  return clean.slice(-ATTACHMENTS.nameCharacters) || 'file';
}
