import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { BlockBuilder } from './block-builder.ts';
import { overLimit, type ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';

/** A message begins with this line (RFC 4155); letters of the text that look like it have a '>' before. */
const BEGIN = Buffer.from('\nFrom ');

/** A mailbox: each message is a document of its own. */
export async function parseMailbox(file: SourceFile, context: ParseContext): Promise<Parsed> {
  const messages = messagesOf(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
  if (messages.length > PARSE_LIMITS.parts)
    throw overLimit(file.source, 'messages', messages.length, PARSE_LIMITS.parts);
  const failures: AnswerboxError[] = [];
  for (const [index, bytes] of messages.entries()) {
    const name = `message-${String(index + 1).padStart(5, '0')}.eml`;
    try {
      await context.addPart(name, {
        source: `${file.source}!/${name}`,
        name,
        bytes,
        mediaType: 'message/rfc822',
      });
    } catch (error) {
      failures.push(context.asFailure(error));
    }
  }
  if (messages.length === 0) throw new AnswerboxError('document_empty', { source: file.source });
  const [first] = failures;
  if (first && failures.length === messages.length) throw first;
  for (const failure of failures) context.addProblem(failure);
  return { builder: new BlockBuilder(), title: null, listing: `${messages.length} messages` };
}

function messagesOf(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at >= 0 && at < bytes.length;) {
    const next = nextBegin(bytes, at);
    const lineEnd = bytes.indexOf(0x0a, at);
    const body = bytes.subarray(lineEnd < 0 ? bytes.length : lineEnd + 1, next < 0 ? bytes.length : next);
    if (body.length > 0) messages.push(unquoted(body));
    if (messages.length > PARSE_LIMITS.parts) break;
    at = next < 0 ? -1 : next + 1;
  }
  return messages;
}

/** Of the next line 'From … 2026' that a header follows. */
function nextBegin(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(BEGIN, from); at >= 0; at = bytes.indexOf(BEGIN, at + 1)) {
    if (/^\nFrom \S.* \d{4}[^\n]{0,12}\r?\n[\w-]+:/.test(bytes.toString('latin1', at, at + 400))) return at;
  }
  return -1;
}

function unquoted(bytes: Buffer): Buffer {
  if (!bytes.includes('\n>From ')) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
