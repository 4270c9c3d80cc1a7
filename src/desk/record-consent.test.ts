import { expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';

// Passwords are slow to hash by design, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

it('keeps one consent to being remembered, whether it is said in the chat or to staff', async () => {
  const server = await startDeskServer();
  const ada = await server.signIn('agent', 'Ada');
  const { customers: memory } = server.app.memory;
  const { customers } = server.app.desk.tools;
  await memory.setConsent('c-1', true);
  await memory.setConsent('c-1', true);
  await memory.note('c-1', { name: 'shoe size', value: '44' });
  const { id } = (await customers.findBySubject('c-1'))!;
  const said = { purpose: 'memory', given: true, source: 'chat', by: 'customer' };
  expect(await customers.listConsents(id)).toMatchObject([said]);

  const record = async (purpose: string, given: boolean) => {
    const body = { given, source: 'by telephone' };
    const path = `/api/v1/customers/${id}/consents/${purpose}`;
    const { body: answer } = await ada.call('PUT', path, { body });
    return answer.consents;
  };
  await record('marketing', false);
  expect(await memory.hasConsent('c-1')).toBe(true);
  const [newest, ...earlier] = await record('memory', false);
  expect(newest).toMatchObject({ purpose: 'memory', given: false, source: 'by telephone', by: 'Ada' });
  expect(earlier).toMatchObject([{ purpose: 'marketing' }, said]);
  expect([await memory.hasConsent('c-1'), await memory.facts('c-1')]).toEqual([false, []]);

  await record('memory', true);
  expect(await memory.note('c-1', { name: 'shoe size', value: '45' })).toBe(true);
  await memory.setConsent('c-1', false);
  expect((await customers.listConsents(id))[0]).toMatchObject({ given: false, source: 'chat' });
});

it('makes no record of somebody unknown who wants nothing kept', async () => {
  const server = await startDeskServer();
  await server.app.memory.customers.setConsent('c-2', false);
  expect(await server.app.desk.tools.customers.findBySubject('c-2')).toBeNull();
});
