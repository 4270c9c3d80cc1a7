import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import xz from 'xz-decompress';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';

export interface EvaluationLine<Content> {
  /** From 1. */
  line: number;
  content: Content;
}

/**
 * The lines of a JSON Lines file as they come; `.gz` and `.xz` are unpacked on the way. Empty lines are
 * passed over. @throws evaluation_file_invalid, cancelled
 */
export async function* readEvaluationFile<Schema extends TSchema>(
  path: string,
  schema: Schema,
  signal?: AbortSignal,
): AsyncGenerator<EvaluationLine<Static<Schema>>> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: openLines(path), crlfDelay: Infinity })) {
      throwIfCancelled(signal);
      line += 1;
      const trimmed = line === 1 ? text.replace(/^\ufeff/, '').trim() : text.trim();
      if (trimmed !== '') yield { line, content: parseLine(trimmed, schema, path, line) };
    }
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    throw new AnswerboxError(
      'evaluation_file_invalid',
      { path, line: line + 1, reason: reasonOf(error) },
      error,
    );
  }
}

function openLines(path: string): Readable {
  const bytes = createReadStream(path);
  if (path.endsWith('.gz')) return forwardErrors(bytes, bytes.pipe(createGunzip()));
  if (!path.endsWith('.xz')) return bytes;
  const unpacked = new xz.XzReadableStream(Readable.toWeb(bytes) as globalThis.ReadableStream<Uint8Array>);
  return Readable.fromWeb(unpacked as ReadableStream<Uint8Array>);
}

/** `pipe` leaves errors behind; a missing file must end the reading. */
function forwardErrors(from: Readable, to: Readable): Readable {
  from.on('error', (error) => to.destroy(error));
  return to;
}

function parseLine<Schema extends TSchema>(
  text: string,
  schema: Schema,
  path: string,
  line: number,
): Static<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AnswerboxError(
      'evaluation_file_invalid',
      { path, line, reason: `it is not JSON (${reasonOf(error)})` },
      error,
    );
  }
  const [first] = Value.Errors(schema, value);
  if (!first) return value;
  const key = first.path === '' ? 'the line' : `"${first.path.slice(1).replaceAll('/', '.')}"`;
  const reason = `${key}: ${first.message.toLowerCase()}`;
  throw new AnswerboxError('evaluation_file_invalid', { path, line, reason });
}
