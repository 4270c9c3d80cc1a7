import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addPictureText } from './add-picture-text.ts';
import { BlockBuilder } from './block-builder.ts';
import type { Parsed } from './parsed.ts';
import { canReadPictures, readPicture } from './read-picture.ts';

/** A picture as the text in it. @throws document_needs_ocr, document_empty (later) when there is none in it */
export async function parseImage(file: SourceFile): Promise<Parsed> {
  const { source } = file;
  if (!(await canReadPictures())) throw new AnswerboxError('document_needs_ocr', { source });
  const text = await readPicture(file.bytes);
  const builder = new BlockBuilder();
  addPictureText(builder, text ?? '');
  return { builder, title: null };
}
