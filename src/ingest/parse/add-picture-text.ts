import type { BlockBuilder } from './block-builder.ts';

/** Lines of OCR as paragraphs; specks that were read as letters are left out. */
export function addPictureText(builder: BlockBuilder, text: string): void {
  for (const paragraph of pictureParagraphs(text)) builder.add('paragraph', paragraph);
}

/** The paragraphs that a picture holds; none of specks alone. */
export function pictureParagraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const lines = paragraph.split('\n').map((line) => line.trim());
      return joinLines(lines.filter((line) => (line.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2));
    })
    .filter((paragraph) => paragraph !== '');
}

function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
    return text === '' ? line : `${text} ${line}`;
  }, '');
}
