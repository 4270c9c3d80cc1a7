import { expect, it } from 'vitest';
import { checkMail } from './check-mail.ts';

it('warns while answers reach nobody who has left', () => {
  expect(checkMail({ smtp_url: '', public_url: 'https://help.example' })).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('No mail server is set'),
    fix: expect.stringContaining('ANSWERBOX_SMTP_URL'),
  });
  const smtp_url = 'smtps://user:secret@mail.example';
  expect(checkMail({ smtp_url, public_url: '' })).toMatchObject({
    status: 'warning',
    fix: expect.stringContaining('ANSWERBOX_PUBLIC_URL'),
  });
  const set = checkMail({ smtp_url, public_url: 'https://help.example' });
  expect(set.status).toBe('ok');
  expect(JSON.stringify(set)).not.toContain('secret');
});
