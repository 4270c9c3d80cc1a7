import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { exampleAnswer } from '../testing/example-answer.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { availabilityAt } from './availability.ts';

vi.setConfig({ testTimeout: 120_000 });

const DAY: [string, string] = ['08:00', '18:00'];
const PROFILE = {
  name: 'Test shop',
  time_zone: 'Europe/Berlin',
  hours: { chat: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY } },
};
/** A Sunday. */
const SUNDAY = new Date('2026-11-22T12:00:00Z');

it('says in each language when somebody is back', () => {
  const said = (language: string | null, email: string | null = null) =>
    availabilityAt(PROFILE, SUNDAY, { language, email, mail: true }).text;
  expect(said(null)).toBe(
    'Nobody is here now; a person is back on Monday, 23 November, 08:00 (Europe/Berlin). Leave your e-mail address, and the answer reaches you there.',
  );
  expect(said('de-AT', 'kim@example.com')).toBe(
    'Gerade ist niemand da; wieder da sind wir am Montag, 23. November, 08:00 (Europe/Berlin). Wir schreiben Ihnen an kim@example.com.',
  );
  expect(said('fr')).toContain('le lundi 23 novembre, 08:00');
  expect(said('es')).toContain('el lunes, 23 de noviembre, 08:00');
  expect(said('zh')).toMatch(/将于11月23日.*08:00.*回来。请留下/);
  expect(availabilityAt(PROFILE, new Date('2026-11-23T12:00:00Z'), { language: 'de' }).text).toBe(
    'Gleich antwortet Ihnen hier ein Mensch.',
  );
});

it('promises no mail where none can be sent', () => {
  const said = (language: string) =>
    availabilityAt(PROFILE, SUNDAY, { language, email: 'kim@example.com', mail: false });
  expect(said('en')).toMatchObject({
    mail: false,
    text: expect.stringMatching(/The answer will stand here/),
  });
  for (const language of ['en', 'de', 'fr', 'es', 'zh'])
    expect(said(language).text).not.toMatch(/e-?mail|correo|kim@|邮/i);
});

it('tells a customer who wrote German in German that their request was taken', async () => {
  const server = await startDeskServer({
    profile: PROFILE,
    now: () => SUNDAY,
    config: { smtp_url: 'smtp://127.0.0.1:9', mail_from: 'help@shop.example' },
  });
  const conversationId = await server.app.conversations.createConversation({});
  const add = (role: 'customer' | 'assistant', text: string, answer: string | null) =>
    server.app.conversations.addMessage({ id: randomUUID(), conversationId, role, text, answer });
  await add('customer', 'Wo ist mein Paket?', null);
  const answer = exampleAnswer({ language: 'de', conversation_id: conversationId });
  await add('assistant', 'Das weiß ich nicht.', JSON.stringify(answer));
  const handOver = (body: object) =>
    server.http.call('POST', `/api/v1/conversations/${conversationId}/handover`, { body });
  const first = await handOver({});
  expect(first.body.message).toMatch(/^Ihre Anfrage hat die Nummer 1\. Gerade ist niemand da;/);
  expect(first.body.message).toContain('Hinterlassen Sie Ihre E-Mail-Adresse');
  // Asked again, with an address: still in German.
  const again = await handOver({ email: 'kim@example.com' });
  expect(again.body.message).toMatch(/Nummer 1\..*Wir schreiben Ihnen an kim@example\.com\.$/);
  const { body } = await server.http.call('GET', `/api/v1/conversations/${conversationId}`);
  expect(body.availability.text).toMatch(/^Gerade ist niemand da;/);
});

it('tells staff whether a reply goes out by mail', async () => {
  const told = async (config: { smtp_url: string; mail_from: string }, contact: object) => {
    const server = await startDeskServer({ config });
    const id = await server.app.conversations.createConversation({});
    await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: contact });
    const thread = (await server.app.desk.tools.store.threadOf(id))!.id;
    return (await server.http.call('GET', `/api/v1/threads/${thread}`, { key: server.adminKey })).body.mail;
  };
  const set = { smtp_url: 'smtp://127.0.0.1:9', mail_from: 'help@shop.example' };
  expect(await told({ smtp_url: '', mail_from: '' }, { email: 'kim@example.com' })).toBe('no_server');
  expect(await told(set, {})).toBe('no_address');
  expect(await told(set, { email: 'kim@example.com' })).toBe('sent');
});
