/** Makes small PDF files by hand (ISO 32000-1, sections 7.5 and 9.4), so that every byte of them is known. */
export interface PdfText {
  text: string;
  /** Points from the left and from the bottom. */
  x: number;
  y: number;
  size?: number;
  bold?: boolean;
}

export interface PdfOptions {
  title?: string;
  /** Object numbers are filled in by hand; see `pdfOf`. */
  font?: string;
  /** A JPEG that fills each page instead of text. */
  picture?: { bytes: Uint8Array; width: number; height: number };
}

/** Pages of placed text, A4. */
export function makePdf(pages: readonly (readonly PdfText[])[], options: PdfOptions = {}): Buffer {
  const font =
    options.font ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
  const bold = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>';
  const objects: (string | Buffer)[] = ['<< /Type /Catalog /Pages 2 0 R >>', '', font, bold];
  const kids: number[] = [];
  const { picture } = options;
  let pictureId = 0;
  if (picture) {
    const head = `<< /Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${picture.bytes.length} >>\nstream\n`;
    objects.push(Buffer.concat([Buffer.from(head, 'latin1'), picture.bytes, Buffer.from('\nendstream')]));
    pictureId = objects.length;
  }
  for (const texts of pages) {
    const content = picture ? 'q 595 0 0 842 0 0 cm /P Do Q' : texts.map(drawn).join('\n');
    objects.push(`<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`);
    const resources = `<< /Font << /F 3 0 R /B 4 0 R >>${picture ? ` /XObject << /P ${pictureId} 0 R >>` : ''} >>`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources ${resources} >>`,
    );
    kids.push(objects.length);
  }
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((id) => `${id} 0 R`).join(' ')}] >>`;
  let info = '';
  if (options.title !== undefined) {
    objects.push(`<< /Title (${options.title}) >>`);
    info = ` /Info ${objects.length} 0 R`;
  }
  return pdfOf(objects, info);
}

/** Objects numbered from 1, with their table and trailer. */
export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    const body = typeof object === 'string' ? Buffer.from(object, 'latin1') : object;
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${trailer} >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end, 'latin1')]);
}

/** Lines of text down a column: each `{x, top}` is the first baseline. */
export function column(lines: readonly string[], x: number, top: number, size = 10, leading = 13): PdfText[] {
  return lines.map((text, index) => ({ text, x, y: top - index * leading, size }));
}

function drawn({ text, x, y, size = 10, bold = false }: PdfText): string {
  const escaped = text.replace(/[\\()]/g, '\\$&').replace(/[^\u0020-\u00ff]/g, '?');
  return `BT /${bold ? 'B' : 'F'} ${size} Tf ${x} ${y} Td (${escaped}) Tj ET`;
}
