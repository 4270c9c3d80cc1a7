import type { BlockBuilder } from './block-builder.ts';

/** Lines of OCR as paragraphs; specks that were read as letters are left out. */
export function addPictureText(builder: BlockBuilder, text: string): void {
  for (const paragraph of text.split(/\n\s*\n/)) {
    const lines = paragraph.split('\n').map((line) => line.trim());
    const words = lines.filter((line) => (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2);
    builder.add('paragraph', joinLines(words));
  }
}

function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
    return text === '' ? line : `${text} ${line}`;
  }, '');
}
