import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addHtmlFragment } from './add-html-fragment.ts';
import { BlockBuilder } from './block-builder.ts';
import { overLimit, type ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';

const MAIL = {
  /** Multiparts in one another, 4…256. */
  nesting: 30,
  /** Bytes of the headers of all parts together, 65,536…4,194,304. */
  headerBytes: 2_097_152,
} as const;
/** Signatures and keys of signed mail; nobody reads them. */
const UNREAD = /^application\/(?:pkcs7-signature|x-pkcs7-signature|pgp-signature|pgp-keys)$/;

/** A mail: subject, sender, day and text; each attachment is a document of its own. */
export async function parseMail(file: SourceFile, context: ParseContext): Promise<Parsed> {
  const mail = await readMail(file);
  const attachments = mail.attachments.filter(isWorth);
  if (attachments.length > PARSE_LIMITS.parts)
    throw overLimit(file.source, 'attachments', attachments.length, PARSE_LIMITS.parts);
  const builder = new BlockBuilder();
  addMail(builder, mail);
  const names = new Set<string>();
  for (const [index, attachment] of attachments.entries()) {
    const name = nameOf(attachment, index, names);
    const bytes = new Uint8Array(attachment.content as ArrayBuffer);
    try {
      await context.addPart(name, {
        source: `${file.source}!/${name}`,
        name,
        bytes,
        mediaType: attachment.mimeType,
      });
    } catch (error) {
      context.addProblem(context.asFailure(error));
    }
  }
  const subject = mail.subject?.trim();
  return { builder, title: subject || null, listing: [...names].join('\n') };
}

async function readMail({ bytes, source }: SourceFile): Promise<Email> {
  try {
    return await PostalMime.parse(Buffer.from(bytes), {
      maxNestingDepth: MAIL.nesting,
      maxHeadersSize: MAIL.headerBytes,
    });
  } catch (error) {
    if (/nesting depth/i.test(reasonOf(error)))
      throw new AnswerboxError(
        'document_nesting',
        { source, what: 'parts of mail', limit: MAIL.nesting },
        error,
      );
    const reason = reasonOf(error).slice(0, 200);
    throw new AnswerboxError('document_damaged', { source, format: 'a mail', reason }, error);
  }
}

function addMail(builder: BlockBuilder, mail: Email): void {
  const sender = mail.from?.name || mail.from?.address;
  const day = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  const about = [
    sender && `From ${sender}`,
    Number.isNaN(day) ? '' : new Date(day).toISOString().slice(0, 10),
  ];
  // Text alone says what the mail says; HTML keeps its lists and tables.
  if (mail.html) addHtmlFragment(builder, mail.html, 'paragraph');
  if (builder.isEmpty)
    for (const paragraph of (mail.text ?? '').split(/\r?\n\s*\r?\n/)) builder.add('paragraph', paragraph);
  if (!builder.isEmpty && about.some(Boolean))
    builder.add('paragraph', `${about.filter(Boolean).join(', ')}.`);
}

function isWorth({ mimeType, related, filename }: Attachment): boolean {
  return !UNREAD.test(mimeType) && !(related === true && filename === null);
}

/** A name that is unique within the mail, without folders. */
function nameOf(attachment: Attachment, index: number, taken: Set<string>): string {
  const given = (attachment.filename ?? '')
    .replace(/^.*[/\\]/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, 200);
  const extension = attachment.mimeType === 'message/rfc822' ? '.eml' : '';
  const first = given === '' || given === '..' ? `attachment-${index + 1}${extension}` : given;
  const name = taken.has(first) ? `${index + 1}-${first}` : first;
  taken.add(name);
  return name;
}
