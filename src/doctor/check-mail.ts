import type { Config } from '../config.ts';
import { ok, warning, type Finding } from './doctor-types.ts';

/** Whether anybody outside the pages is reached: customers by answers, staff by what waits for them. */
export function checkMail({ smtp_url, public_url }: Pick<Config, 'smtp_url' | 'public_url'>): Finding {
  const evidence = { mail: smtp_url !== '', public_url };
  if (smtp_url === '')
    return warning(
      'No mail server is set: customers read answers only where they wrote, and staff are told nothing by mail.',
      'Set ANSWERBOX_SMTP_URL and ANSWERBOX_MAIL_FROM, or let staff watch the console.',
      evidence,
    );
  if (public_url === '')
    return warning(
      'Mails are sent, but lead nowhere: they hold no link to the conversation, and nobody is asked for a rating.',
      'Set ANSWERBOX_PUBLIC_URL to the address that customers reach this server by.',
      evidence,
    );
  return ok('mails are sent, with links to the conversation', evidence);
}
