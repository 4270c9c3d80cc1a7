import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { readSources } from '../ingest/read-sources.ts';
import { DOCUMENT_LINE, type EvaluationDocument } from './evaluation-types.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';

/** A heading, bold words, a table or a link: other texts are read as they stand, asterisks and all. */
const MARKDOWN = /^#{1,6} \S|\*\*\S[^*\n]*\*\*|^\|.*\|[ \t]*\n\|[ :|-]+\||\]\(https?:/m;

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  onWarning?: ((message: string) => void) | undefined;
}

/**
 * All documents of files and folders, as they come. In a folder each readable file is a document, and
 * its path below the folder its id.
 * @throws evaluation_file_invalid, also when an id comes twice with another text; cancelled
 */
export async function* readDocuments(
  paths: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<EvaluationDocument> {
  const seen = new Map<string, Uint8Array>();
  for (const path of paths) {
    let line = 0;
    for await (const document of (await isFolder(path))
      ? readFolder(path, options)
      : readFile(path, options)) {
      line += 1;
      const { docId, file } = document;
      const before = seen.get(docId);
      if (before && Buffer.compare(before, file.bytes) === 0) continue;
      if (before) {
        const reason = `the document id "${docId}" was used before for another text`;
        throw new AnswerboxError('evaluation_file_invalid', { path, line, reason });
      }
      seen.set(docId, file.bytes);
      yield document;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new AnswerboxError('evaluation_file_invalid', { path, line: 0, reason: reasonOf(error) }, error);
  }
}

async function* readFile(path: string, { signal }: ReadOptions): AsyncGenerator<EvaluationDocument> {
  const encoder = new TextEncoder();
  for await (const { content } of readEvaluationFile(path, DOCUMENT_LINE, signal)) {
    const { doc_id: docId, title, text, url } = content;
    yield {
      docId,
      file: {
        source: sourceOf(docId),
        name: `${docId}${MARKDOWN.test(text) ? '.md' : '.txt'}`,
        bytes: encoder.encode(text),
        ...(title !== undefined && title.trim() !== '' && { title }),
        ...(url !== undefined && { url }),
      },
    };
  }
}

async function* readFolder(
  folder: string,
  { signal, onWarning }: ReadOptions,
): AsyncGenerator<EvaluationDocument> {
  const onFailure = ({ error }: { error: Error }): void => onWarning?.(error.message);
  for await (const file of readSources([folder], { onFailure, ...(signal && { signal }) })) {
    const docId = relative(resolve(folder), file.source).split(sep).join('/');
    yield { docId, file: { ...file, source: sourceOf(docId) } };
  }
}

function sourceOf(docId: string): string {
  return `eval:${docId}`;
}
