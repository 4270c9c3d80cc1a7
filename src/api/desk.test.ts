import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { startDeskServer, type DeskServer, type DeskServerOptions } from '../testing/start-desk-server.ts';
import { readDeskStream } from '../testing/read-desk-stream.ts';

vi.setConfig({ testTimeout: 120_000 });

async function ask(server: DeskServer, ...texts: string[]): Promise<string> {
  const id = await server.app.conversations.createConversation({});
  for (const text of texts) await write(server, id, text);
  return id;
}

const write = (server: DeskServer, conversationId: string, text: string, answer: object | null = null) =>
  server.app.conversations.addMessage({
    id: randomUUID(),
    conversationId,
    role: answer === null ? 'customer' : 'assistant',
    text,
    answer: answer && JSON.stringify(answer),
  });

/** A conversation that waits for a person, its thread and its ticket. */
async function handedOver(server: DeskServer, contact: object = {}) {
  const id = await ask(server, 'My tent leaks <script>alert(1)</script>');
  const { body } = await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: contact });
  const thread = (await server.app.desk.tools.store.threadOf(id))!;
  return { id, thread: thread.id, number: body.ticket.number as number, body };
}

const MONDAY: DeskServerOptions['profile'] = {
  name: 'Test shop',
  time_zone: 'Europe/Berlin',
  hours: { chat: { mon: ['08:00', '20:00'] } },
};

describe('a hand-over', () => {
  it('goes from the customer to a person, back, and to its rating, in one numbered stream', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent', 'Ada');
    const id = await ask(server, 'My tent leaks');
    const stream = readDeskStream(server.url, `/api/v1/conversations/${id}/events?after=0`);
    const { body } = await server.http.call('POST', `/api/v1/conversations/${id}/handover`, {
      body: { email: 'kim@example.com', name: 'Kim' },
    });
    expect(body).toMatchObject({ ticket: { number: 1, status: 'open' }, availability: { open: true } });
    const { threads } = (await agent.call('GET', '/api/v1/threads?state=waiting')).body;
    expect(threads).toMatchObject([{ state: 'waiting', ticket: 1, unread: true }]);
    const address = `/api/v1/threads/${threads[0].id}`;
    const whole = (await agent.call('GET', address)).body;
    expect(whole).toMatchObject({
      customer: { name: 'Kim', email: 'kim@example.com', verified: false },
      handover: { reason: 'customer_request', summary: expect.stringContaining('My tent leaks') },
    });
    const sent = await agent.call('POST', `${address}/messages`, { body: { text: 'Hello Kim' } });
    expect(sent.status).toBe(201);
    expect((await agent.call('GET', address)).body).toMatchObject({ state: 'person', assignee_id: agent.id });
    // Written while a person has it: the assistant is not asked.
    expect(await server.app.desk.before({ conversationId: id, text: 'Still there?' })).toEqual({
      kind: 'silent',
      ticket: 1,
    });
    await agent.call('POST', `${address}/notes`, { body: { text: 'secret: she is a reseller' } });
    await agent.call('POST', `${address}/hand-back`, { body: {} });
    expect((await server.app.desk.before({ conversationId: id, text: 'Thanks' })).kind).toBe('answer');
    await agent.call('PATCH', '/api/v1/tickets/1', { body: { status: 'resolved' } });
    const csat = { body: { rating: 5, comment: 'quick' } };
    expect((await server.http.call('POST', `/api/v1/conversations/${id}/csat`, csat)).status).toBe(204);
    const events = await stream.until((event) => event.type === 'csat-ask');
    const types = events.map(({ type }) => type);
    expect(types).toEqual([
      'message-add',
      'handover-start',
      'message-add',
      'message-add',
      'state-change',
      'state-change',
      'ticket-change',
      'state-change',
      'csat-ask',
    ]);
    const numbers = events.map(({ sequence }) => sequence as number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(events[3]!.message).toMatchObject({ role: 'staff', author: 'Ada', text: 'Hello Kim' });
    expect(JSON.stringify(events)).not.toContain('reseller');
    const seen = (await server.http.call('GET', `/api/v1/conversations/${id}`)).body;
    expect(seen.messages.map(({ role }: { role: string }) => role)).toEqual([
      'customer',
      'assistant',
      'staff',
    ]);
    expect(JSON.stringify(seen)).not.toContain('reseller');
    const ticket = (await agent.call('GET', '/api/v1/tickets/1')).body;
    expect(ticket).toMatchObject({ status: 'resolved', csat: { rating: 5, comment: 'quick' } });
  });

  it('outside business hours says when somebody is back, and keeps what the customer leaves', async () => {
    // Saturday noon in Berlin.
    const server = await startDeskServer({ profile: MONDAY, now: () => new Date('2026-11-21T11:00:00Z') });
    const { body, id, number } = await handedOver(server);
    expect(body.availability).toMatchObject({ open: false, opens_at: '2026-11-23T07:00:00.000Z' });
    expect(body.message).toContain('Monday, 23 November, 08:00 (Europe/Berlin)');
    const contact = { body: { email: 'kim@example.com' } };
    expect((await server.http.call('POST', `/api/v1/conversations/${id}/contact`, contact)).status).toBe(204);
    const ticket = await server.http.call('GET', `/api/v1/tickets/${number}`, { key: server.adminKey });
    expect(ticket.body).toMatchObject({
      contact: { email: 'kim@example.com' },
      due: { first_response_at: '2026-11-23T15:00:00.000Z', first_response_state: 'ok' },
    });
    const form = { message: 'Call me', email: 'lee@example.com', phone: '+49 30 1234' };
    const sent = await server.http.call('POST', '/api/v1/contact', { body: form });
    expect(sent.body.ticket.number).toBe(number + 1);
    const bad = { ...form, email: 'lee@example.com,eve@example.com' };
    expect((await server.http.call('POST', '/api/v1/contact', { body: bad })).status).toBe(400);
  });

  it('comes by the rules of the table, or not at all', async () => {
    const server = await startDeskServer();
    const word = async (conversationId: string, text: string) =>
      server.app.desk.before({ conversationId, text });
    const plain = await ask(server, 'How do I wash this jacket?');
    expect(await word(plain, 'How do I wash this jacket?')).toEqual({ kind: 'answer' });
    expect(await word(plain, 'Are these court shoes?')).toEqual({ kind: 'answer' });
    expect(await word(plain, 'The stove CAUGHT  fire!')).toMatchObject({ rule: { reason: 'sensitive' } });
    // Left without any answer twice: models or server were gone.
    await write(server, plain, 'Hello?');
    expect(await word(plain, 'Hello?')).toMatchObject({ rule: { reason: 'tool_failure' } });
    const declined = { outcome: 'declined', language: 'en', intent: null, citations: [] };
    const failing = await ask(server, 'One?');
    const answer = { conversationId: failing, text: 'One?', intent: null, outcome: 'declined' };
    expect(await server.app.desk.after(answer)).toBeNull();
    await write(server, failing, 'I cannot find that.', declined);
    await write(server, failing, 'Two?');
    expect(await word(failing, 'Two?')).toEqual({ kind: 'answer' });
    expect(await word(failing, 'I need this urgently')).toMatchObject({ rule: { reason: 'urgency' } });
    expect(await server.app.desk.after({ ...answer, text: 'Two?' })).toMatchObject({
      reason: 'repeated_failure',
    });
    expect(await server.app.desk.after({ ...answer, outcome: 'answered' })).toBeNull();
  });
});

describe('nobody is stranded', () => {
  it('when the server died before it answered', async () => {
    const server = await startDeskServer();
    const id = await ask(server, 'Where is my parcel?');
    const fresh = await ask(server, 'Just asked');
    const gone = await ask(server, 'Closed the page');
    await server.app.desk.turnEnded(gone, true);
    const old = new Date(Date.now() - 10 * 60_000).toISOString();
    server.database.prepare('UPDATE threads SET updated_at = ? WHERE conversation_id <> ?').run(old, fresh);
    await server.app.desk.tick();
    await server.app.desk.tick();
    const { store } = server.app.desk.tools;
    expect(await store.threadOf(id)).toMatchObject({ state: 'waiting', ticket: 1 });
    expect(await store.threadOf(fresh)).toMatchObject({ state: 'assistant', ticket: null });
    expect(await store.threadOf(gone)).toMatchObject({ state: 'assistant', ticket: null });
    expect((await store.getTicket(1))!.handover).toMatchObject({ reason: 'tool_failure' });
    const messages = await server.app.conversations.listMessages(id);
    expect(messages.at(-1)!.text).toMatch(/could not answer.*ticket is number 1/);
  });

  it.each([
    [
      'de',
      'Wo ist denn mein Paket mit den Schuhen?',
      /^Das konnte ich nicht beantworten.*Ihre Anfrage hat die Nummer 1/,
    ],
    ['zh', '我的包裹现在在哪里？', /^我无法回答这个问题.*您的工单号是 1/],
  ])('and are told so in their language: %s', async (language, question, told) => {
    const server = await startDeskServer();
    const id = await ask(server, question);
    const old = new Date(Date.now() - 10 * 60_000).toISOString();
    server.database.prepare('UPDATE threads SET updated_at = ?').run(old);
    await server.app.desk.tick();
    expect(await server.app.desk.tools.store.threadOf(id)).toMatchObject({ language });
    expect((await server.app.conversations.listMessages(id)).at(-1)!.text).toMatch(told);
  });

  it('when the person who has it is removed, by a route or behind the back of the server', async () => {
    const server = await startDeskServer();
    const removals = [
      async (id: string) => {
        const body = { disabled: true };
        await server.http.call('PATCH', `/api/v1/users/${id}`, { key: server.adminKey, body });
      },
      async (id: string) => {
        server.database.prepare('UPDATE users SET disabled = 1 WHERE id = ?').run(id);
        await server.app.desk.tick();
      },
    ];
    for (const [index, remove] of removals.entries()) {
      const agent = await server.signIn('agent', `Agent${index}`);
      const { thread, number } = await handedOver(server);
      await agent.call('POST', `/api/v1/threads/${thread}/messages`, { body: { text: 'Hello' } });
      await remove(agent.id);
      const { store } = server.app.desk.tools;
      expect(await store.getThread(thread)).toMatchObject({ state: 'waiting', assigneeId: null });
      expect((await store.getTicket(number))!.assigneeId).toBeNull();
    }
  });
});

describe('a reply', () => {
  it('sent twice is one, and one that crosses another is held back', async () => {
    const server = await startDeskServer();
    const [ada, bob] = [await server.signIn('agent', 'Ada'), await server.signIn('agent', 'Bob')];
    const { thread } = await handedOver(server);
    const seen = (await bob.call('GET', `/api/v1/threads/${thread}`)).body.last_sequence;
    const address = `/api/v1/threads/${thread}/messages`;
    const body = { text: 'Hello', id: randomUUID() };
    const first = await ada.call('POST', address, { body });
    const again = await ada.call('POST', address, { body });
    expect(again.body).toEqual(first.body);
    const crossed = await bob.call('POST', address, { body: { text: 'Hi', seen_sequence: seen } });
    expect(crossed).toMatchObject({ status: 409, body: { error: { code: 'reply_crossed' } } });
    expect(crossed.body.error.message).toContain('Ada');
    expect((await bob.call('POST', address, { body: { text: 'Hi' } })).status).toBe(201);
    const { events } = (await ada.call('GET', `/api/v1/threads/${thread}/events`)).body;
    const texts = events.flatMap((event: { message: { role: string; text: string } | null }) =>
      event.message?.role === 'staff' ? [event.message.text] : [],
    );
    expect(texts).toEqual(['Hello', 'Hi']);
  });

  it('never shows staff the key of the customer, nor customers the thread', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent');
    const { id, thread, number } = await handedOver(server);
    await write(server, id, 'An answer', { conversation_id: id, outcome: 'answered', citations: [] });
    for (const path of [
      '/api/v1/threads',
      `/api/v1/threads/${thread}`,
      `/api/v1/threads/${thread}/events`,
      `/api/v1/tickets/${number}`,
      `/api/v1/tickets/${number}/history`,
      '/api/v1/tickets/export?format=json',
    ]) {
      const { status, body } = await agent.call('GET', path);
      expect(status, path).toBe(200);
      expect(JSON.stringify(body), path).not.toContain(id);
    }
    for (const path of ['', '/events'])
      expect((await server.http.call('GET', `/api/v1/conversations/${thread}${path}`)).status).toBe(404);
  });
});

describe('a ticket', () => {
  it('sleeps until its time or the customer wakes it, and its clocks stand still meanwhile', async () => {
    let now = Date.parse('2026-11-20T10:00:00Z');
    const server = await startDeskServer({ now: () => new Date(now) });
    const agent = await server.signIn('agent');
    const { id, number } = await handedOver(server);
    const address = `/api/v1/tickets/${number}`;
    const due = (await agent.call('GET', address)).body.due.resolution_at as string;
    const until = '2026-11-20T12:00:00.000Z';
    const snoozed = await agent.call('POST', `${address}/snooze`, { body: { until } });
    expect(snoozed.body).toMatchObject({ status: 'snoozed', snoozed_until: until, due: { paused: true } });
    now += 3_600_000;
    await server.app.desk.tick();
    expect((await agent.call('GET', address)).body.status).toBe('snoozed');
    now += 3_600_000;
    await server.app.desk.tick();
    const awake = (await agent.call('GET', address)).body;
    expect(awake).toMatchObject({ status: 'open', snoozed_until: null, due: { paused: false } });
    expect(Date.parse(awake.due.resolution_at) - Date.parse(due)).toBe(2 * 3_600_000);
    await agent.call('POST', `${address}/snooze`, { body: {} });
    await write(server, id, 'One more thing');
    expect((await agent.call('GET', address)).body).toMatchObject({ status: 'open', snoozed_until: null });
    const past = { body: { until: '2020-01-01' } };
    expect((await agent.call('POST', `${address}/snooze`, past)).status).toBe(400);
  });

  it('tells once of what is due soon and what is late, also after the server was off', async () => {
    let now = Date.parse('2026-11-20T10:00:00Z');
    const server = await startDeskServer({ now: () => new Date(now) });
    const { number } = await handedOver(server);
    const told = async () => {
      await server.app.desk.tick();
      await server.app.desk.tick();
      const events = await server.app.desk.tools.store.history(number, { after: 0, limit: 100 });
      return events
        .filter(({ type }) => type.startsWith('sla'))
        .map(({ type, data }) => `${type} ${String(data['which'])}`);
    };
    expect(await told()).toEqual([]);
    now += 370 * 60_000;
    expect(await told()).toEqual(['sla-warn first_response']);
    now += 5 * 86_400_000;
    const all = ['sla-warn first_response', 'sla-breach first_response', 'sla-breach resolution'];
    expect(await told()).toEqual(all);
    // A clock that was set back tells nothing again.
    now -= 2 * 86_400_000;
    expect(await told()).toEqual(all);
  });

  it('that is written to again counts as not resolved', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent');
    const { id, thread, number } = await handedOver(server);
    await agent.call('POST', `/api/v1/threads/${thread}/messages`, { body: { text: 'Done' } });
    const patch = (body: object) => agent.call('PATCH', `/api/v1/tickets/${number}`, { body });
    expect((await patch({ status: 'resolved' })).body).toMatchObject({ status: 'resolved', reopened: 0 });
    await write(server, id, 'It leaks again');
    const reopened = (await agent.call('GET', `/api/v1/tickets/${number}`)).body;
    expect(reopened).toMatchObject({ status: 'open', reopened: 1, resolved_at: null });
    expect(reopened.threads[0]).toMatchObject({ state: 'person', assignee_id: agent.id });
    const rating = { body: { rating: 1 } };
    const early = await server.http.call('POST', `/api/v1/conversations/${id}/csat`, rating);
    expect(early.body.error.code).toBe('ticket_not_done');
    await patch({ status: 'resolved' });
    server.database
      .prepare('UPDATE tickets SET resolved_at = ?')
      .run(new Date(Date.now() - 80 * 3_600_000).toISOString());
    await server.app.desk.tick();
    expect((await agent.call('GET', `/api/v1/tickets/${number}`)).body.status).toBe('closed');
  });

  it('is merged, linked, changed in bulk, and not over somebody else', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent');
    const [one, two, three] = [await handedOver(server), await handedOver(server), await handedOver(server)];
    const at = (number: number, rest = ''): string => `/api/v1/tickets/${number}${rest}`;
    expect(await agent.call('PATCH', at(one.number), { body: { tags: ['leak'] } })).toMatchObject({
      status: 200,
      body: { tags: ['leak'] },
    });
    const merged = await agent.call('POST', at(one.number, '/merge'), { body: { into: two.number } });
    expect(merged.body).toMatchObject({ tags: ['leak'], links: [one.number] });
    expect(merged.body.threads.map(({ id }: { id: string }) => id).sort()).toEqual(
      [one.thread, two.thread].sort(),
    );
    expect((await agent.call('PATCH', at(one.number), { body: { status: 'open' } })).body.error.code).toBe(
      'ticket_merged',
    );
    await write(server, one.id, 'I write in the old one');
    const history = (await agent.call('GET', at(two.number, '/history?limit=200'))).body.events;
    expect(JSON.stringify(history)).toContain('I write in the old one');
    await agent.call('POST', at(two.number, `/links/${three.number}`));
    expect((await agent.call('GET', at(three.number))).body.links).toEqual([two.number]);
    await agent.call('DELETE', at(three.number, `/links/${two.number}`));
    expect((await agent.call('GET', at(two.number))).body.links).toEqual([one.number]);
    const { version } = (await agent.call('GET', at(three.number))).body;
    expect(
      (await agent.call('PATCH', at(three.number), { body: { priority: 'urgent', version } })).status,
    ).toBe(200);
    const late = await agent.call('PATCH', at(three.number), { body: { priority: 'low', version } });
    expect(late.body.error.code).toBe('ticket_changed');
    const bulk = { numbers: [one.number, two.number, 999], change: { priority: 'high' } };
    expect((await agent.call('POST', '/api/v1/tickets/bulk', { body: bulk })).body).toMatchObject({
      done: [two.number],
      failed: [
        { number: one.number, code: 'ticket_merged' },
        { number: 999, code: 'ticket_not_found' },
      ],
    });
  });

  it('is found by its words and its people, page by page, and exported without formulas', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent');
    for (let index = 0; index < 7; index += 1) {
      const customer = { name: `=cmd|' /C calc'!A0`, email: `kim${index}@example.com` };
      const body = { subject: `Torn strap ${index}`, text: index === 3 ? 'zeppelin' : 'nothing', customer };
      expect((await agent.call('POST', '/api/v1/tickets', { body })).status).toBe(201);
    }
    const find = async (query: string) =>
      (await agent.call('GET', `/api/v1/tickets?${query}`)).body.tickets?.map(
        ({ subject }: { subject: string }) => subject.slice(-1),
      );
    expect(await find('q=zeppelin')).toEqual(['3']);
    expect(await find('q=kim5%40example.com')).toEqual(['5']);
    expect(await find('q=straps+torn')).toHaveLength(7);
    for (const syntax of ['"', 'a AND', 'x*y(', '-', "' OR 1=1 --"])
      expect(await find(`q=${encodeURIComponent(syntax)}`), syntax).toBeDefined();
    for (const sort of ['updated', 'created', 'due', 'priority']) {
      const seen: number[] = [];
      let cursor = '';
      do {
        const query = `sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`;
        const { tickets, next_cursor: next } = (await agent.call('GET', `/api/v1/tickets?${query}`)).body;
        seen.push(...tickets.map(({ number }: { number: number }) => number));
        cursor = next ?? '';
      } while (cursor !== '');
      expect([...seen].sort(), sort).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
    expect((await agent.call('GET', '/api/v1/tickets?cursor=nonsense')).status).toBe(400);
    const csv = String((await agent.call('GET', '/api/v1/tickets/export?format=csv')).body);
    expect(csv.trim().split('\r\n')).toHaveLength(8);
    expect(csv).toContain(`'=cmd|' /C calc'!A0`);
    expect((await agent.call('GET', '/api/v1/tickets/export?format=json')).body).toHaveLength(7);
  });
});

describe('customers, macros and figures', () => {
  it('hold together what one person wrote, and what they agreed to', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent', 'Ada');
    await handedOver(server, { email: 'kim@example.com', name: 'Kim Lee' });
    await handedOver(server, { email: 'KIM@example.com' });
    await handedOver(server, { email: 'lee@example.com' });
    const { customers } = (await agent.call('GET', '/api/v1/customers')).body;
    expect(customers).toHaveLength(2);
    const kim = customers.find(({ name }: { name: string | null }) => name === 'Kim Lee');
    await agent.call('PUT', `/api/v1/customers/${kim.id}/consents/memory`, {
      body: { given: true, source: 'chat' },
    });
    await agent.call('PUT', `/api/v1/customers/${kim.id}/consents/memory`, {
      body: { given: false, source: 'mail' },
    });
    const other = customers.find(({ id }: { id: string }) => id !== kim.id);
    const merged = await agent.call('POST', `/api/v1/customers/${other.id}/merge`, {
      body: { into: kim.id },
    });
    expect(merged.body.threads).toHaveLength(3);
    expect(merged.body.consents).toMatchObject([{ given: false, by: 'Ada' }, { given: true }]);
    expect((await agent.call('GET', '/api/v1/customers')).body.customers).toHaveLength(1);
  });

  it('run a macro as it was shown, and count what happened', async () => {
    const server = await startDeskServer();
    const [agent, admin] = [await server.signIn('agent', 'Ada'), await server.signIn('admin', 'Root')];
    const { thread, number } = await handedOver(server, { name: 'Kim Lee', email: 'kim@example.com' });
    const macro = {
      name: 'Refunded',
      reply: 'Dear {{customer.first_name}}, refund for #{{ticket.number}} is on its way. {{agent.name}}',
      actions: [
        { do: 'tag', value: 'refund' },
        { do: 'status', value: 'resolved' },
      ],
    };
    expect((await agent.call('POST', '/api/v1/library/macros', { body: macro })).status).toBe(403);
    const bad = { ...macro, actions: [{ do: 'status', value: 'gone' }] };
    expect((await admin.call('POST', '/api/v1/library/macros', { body: bad })).status).toBe(400);
    const { id } = (await admin.call('POST', '/api/v1/library/macros', { body: macro })).body;
    await agent.call('PUT', `/api/v1/threads/${thread}/drafts/reply`, { body: { text: 'my own draft' } });
    const preview = await agent.call('POST', `/api/v1/threads/${thread}/preview`, { body: { macro_id: id } });
    expect(preview.body).toMatchObject({
      text: `Dear Kim, refund for #${number} is on its way. Ada`,
      missing: [],
    });
    await agent.call('POST', `/api/v1/threads/${thread}/macros/${id}`, { body: { send: true } });
    expect((await agent.call('GET', `/api/v1/tickets/${number}`)).body).toMatchObject({
      status: 'resolved',
      tags: ['refund'],
    });
    expect((await agent.call('GET', `/api/v1/threads/${thread}/drafts/reply`)).body.text).toBe(
      'my own draft',
    );
    const figures = (await agent.call('GET', '/api/v1/analytics')).body;
    expect(figures).toMatchObject({
      volume: { conversations: 1, tickets: 1 },
      resolution: { handed_over: 1, answered_by_assistant: 0 },
      handover_reasons: [{ reason: 'customer_request', count: 1 }],
      response: { sla_met: 1, sla_missed: 0 },
    });
    expect((await agent.call('GET', '/api/v1/analytics?zone=Nowhere/Land')).status).toBe(400);
  });
});

describe('drafts and presence', () => {
  it('are kept for each person, and shown to all', async () => {
    const server = await startDeskServer();
    const [ada, bob] = [await server.signIn('agent', 'Ada'), await server.signIn('agent', 'Bob')];
    const { id, thread } = await handedOver(server);
    const draft = `/api/v1/threads/${thread}/drafts/reply`;
    expect((await ada.call('PUT', draft, { body: { text: 'Dear', data: { cursor: 4 } } })).status).toBe(204);
    expect((await ada.call('GET', draft)).body).toMatchObject({ text: 'Dear', data: { cursor: 4 } });
    expect((await bob.call('GET', draft)).body.text).toBe('');
    const customer = readDeskStream(server.url, `/api/v1/conversations/${id}/events`);
    const staff = readDeskStream(server.url, '/api/v1/events', bob.headers());
    await Promise.all([customer.opened, staff.opened]);
    const writing = { body: { state: 'writing', kind: 'reply' } };
    const { present } = (await ada.call('POST', `/api/v1/threads/${thread}/presence`, writing)).body;
    expect(present).toEqual([{ id: ada.id, name: 'Ada', state: 'writing', kind: 'reply' }]);
    await server.http.call('POST', `/api/v1/conversations/${id}/typing`, { body: { typing: true } });
    const told = await customer.until(({ type }) => type === 'typing-change');
    expect(told.at(-1)).toMatchObject({ who: 'staff', name: 'Ada', typing: true });
    const seen = await staff.until(({ type }) => type === 'typing-change');
    expect(seen.map(({ type }) => type)).toEqual(['presence-change', 'typing-change']);
  });
});

describe('a stream', () => {
  it('goes on where it was, over a restart of the server, with nothing lost or told twice', async () => {
    const first = await startDeskServer();
    const { id } = await handedOver(first);
    const before = readDeskStream(first.url, `/api/v1/conversations/${id}/events?after=0`);
    const seen = await before.until(({ type }) => type === 'handover-start');
    await write(first, id, 'Sent while nobody listened');
    await first.close();
    const second = await startDeskServer({ folder: first.folder });
    const last = seen.at(-1)!.sequence as number;
    const resumed = readDeskStream(second.url, `/api/v1/conversations/${id}/events`, {
      'last-event-id': String(last),
    });
    for (let count = 0; count < 300; count += 1) await write(second, id, `Message ${count}`);
    const rest = await resumed.until(({ message }) => (message as { text: string })?.text === 'Message 299');
    const numbers = [...seen, ...rest].map(({ sequence }) => sequence);
    const { store } = second.app.desk.tools;
    const thread = (await store.threadOf(id))!;
    const stored = await store.listEvents(thread.id, { limit: 1000, visibility: 'all' });
    expect(numbers).toEqual(stored.map(({ sequence }) => sequence));
    expect(thread.lastSequence).toBe(numbers.length + 1);
    expect(
      rest.some(({ message }) => (message as { text: string })?.text === 'Sent while nobody listened'),
    ).toBe(true);
  });
});
