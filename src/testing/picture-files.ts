import { createCanvas } from '@napi-rs/canvas';
import { docxParts, pptxParts, wordParagraph, zipOf, type Parts } from './files/make-office.ts';

/** A picture of one colour, with a ring that no ornament has. */
export function drawPicture(colour: string, width = 320, height = 200): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = 'white';
  context.lineWidth = 8;
  context.arc(width / 2, height / 2, height / 4, 0, 7);
  context.stroke();
  return canvas.toBuffer('image/png');
}

const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';
const relation = (id: string, target: string): string =>
  `<Relationship Id="${id}" Type="${IMAGE}" Target="${target}"/>`;

/** Paragraphs of a Word file; one that is a picture stands in a paragraph of its own. */
export function wordWithPictures(
  parts: readonly (string | { heading: string } | { alt: string; picture: Buffer })[],
): Buffer {
  const media: Parts = {};
  const relations: string[] = [];
  const body = parts.map((part) => {
    if (typeof part === 'string') return wordParagraph(part);
    if ('heading' in part) return wordParagraph(part.heading, 'Heading1');
    const id = `rId${relations.length + 10}`;
    media[`word/media/${id}.png`] = part.picture;
    relations.push(relation(id, `media/${id}.png`));
    return `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="${part.alt}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  });
  const files = docxParts(body.join(''));
  const links = 'word/_rels/document.xml.rels';
  files[links] = String(files[links]).replace('</Relationships>', `${relations.join('')}</Relationships>`);
  return zipOf({ ...files, ...media });
}

/** Two slides, the picture on the first. */
export function slidesWithPicture(picture: Buffer, alt: string): Buffer {
  const files = pptxParts([
    { title: 'Knots', lines: ['How to tie the reef knot.'], alternativeText: alt },
    { title: 'Sails', lines: ['How to fold a sail.'] },
  ]);
  const slide = 'ppt/slides/slide2.xml';
  files[slide] = String(files[slide]).replace(
    '</p:nvPicPr>',
    '</p:nvPicPr><p:blipFill><a:blip r:embed="rId9"/></p:blipFill>',
  );
  files['ppt/slides/_rels/slide2.xml.rels'] =
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('rId9', '../media/image1.png')}</Relationships>`;
  return zipOf({ ...files, 'ppt/media/image1.png': picture });
}
