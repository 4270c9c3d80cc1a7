export interface MailAttachment {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export interface MailInput {
  subject: string;
  from: string;
  text: string;
  date?: string;
  attachments?: readonly MailAttachment[];
}

/** A mail as programs send it: MIME, UTF-8, attachments in base64. */
export function makeMail({ subject, from, text, date, attachments = [] }: MailInput): Buffer {
  const encoded = `=?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`;
  const boundary = 'next-part-7f3a';
  const parts = [
    `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
    ...attachments.map(
      ({ name, type, bytes }) =>
        `Content-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n')}`,
    ),
  ];
  const head = `From: ${from}\r\nTo: help@example.com\r\nSubject: ${encoded}\r\nDate: ${date ?? 'Mon, 02 Feb 2026 09:00:00 +0000'}\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return Buffer.from(`${head}${body}--${boundary}--\r\n`);
}

export function makeMailbox(mails: readonly Buffer[]): Buffer {
  return Buffer.concat(
    mails.map((mail) =>
      Buffer.concat([
        Buffer.from('From sender@example.com Mon Feb  2 09:00:00 2026\n'),
        mail,
        Buffer.from('\n\n'),
      ]),
    ),
  );
}
