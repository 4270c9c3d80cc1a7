import { createTransport } from 'nodemailer';
import { refuseOffline } from '../outbound/outbound-switch.ts';
import type { Mail } from './outbox.ts';

const TIMEOUT_MS = 20_000;

export interface MailSender {
  send(mail: Mail, signal: AbortSignal): Promise<void>;
  close(): void;
}

/**
 * Mail by SMTP.
 * @param url smtp:// or smtps://, with user and password where the server wants them
 */
export function createMailSender(url: string, from: string): MailSender {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  return {
    send: async ({ to, subject, text }, signal) => {
      signal.throwIfAborted();
      refuseOffline('mail', new URL(url).host);
      await transport.sendMail({
        from,
        // As one address: a comma in it makes no second reader.
        to: { name: '', address: to },
        subject: subject.replace(/[\r\n]+/g, ' '),
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport.close(),
  };
}
