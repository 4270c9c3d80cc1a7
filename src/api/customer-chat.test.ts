import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { leadingZeroBits } from '../abuse/proof-of-work.ts';
import { createHttpClient, waitFor } from '../testing/http-client.ts';
import { connectSocket } from '../testing/socket-client.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { startScriptedServer } from '../testing/start-scripted-server.ts';

// Building a server with all its schemas takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const WORDS = ['Within ', '60 ', 'days.'];
type Event = Record<string, unknown> & { type: string };

async function ask(url: string, body: object, signal?: AbortSignal) {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  return response;
}

async function eventsOf(response: Response): Promise<Event[]> {
  return [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data!) as Event,
  );
}

describe('a question under an id of its own', () => {
  it('is asked once and told whole to every line that asks for it', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const body = { id: randomUUID(), message: 'Hi?' };
    const broken = new AbortController();
    const first = await ask(server.url, body, broken.signal);
    const reader = first.body!.getReader();
    await reader.read();
    server.release(1);
    broken.abort();
    await reader.read().catch(() => undefined);
    const second = ask(server.url, body);
    server.release(WORDS.length);
    const events = await eventsOf(await second);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toMatchObject({ type: 'answer-end', answer: { answer: WORDS.join('') } });
    expect(server.asked).toHaveLength(1);
    const id = events[0]!['conversation_id'] as string;
    expect(await server.conversations.countMessages(id)).toBe(2);
    const { status, body: whole } = await createHttpClient({ url: server.url, adminKey: '' }).call(
      'POST',
      '/api/v1/chat',
      { body },
    );
    expect([status, whole.answer]).toEqual([200, WORDS.join('')]);
    expect(server.asked).toHaveLength(1);
  });

  it('is answered by the next run of the server when the last one was killed in between', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const conversationId = await server.conversations.createConversation({});
    const id = randomUUID();
    await server.conversations.addMessage({
      id,
      conversationId,
      role: 'customer',
      text: 'Hi?',
      answer: null,
    });
    server.release(WORDS.length);
    // The client never learnt which conversation it was.
    const events = await eventsOf(await ask(server.url, { id, message: 'Hi?' }));
    expect(events[0]).toMatchObject({ type: 'answer-start', conversation_id: conversationId });
    expect(await server.conversations.countMessages(conversationId)).toBe(2);
  });

  it('is stopped by its asker', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const http = createHttpClient({ url: server.url, adminKey: '' });
    const id = randomUUID();
    const told = ask(server.url, { id, message: 'Hi?' });
    await waitFor('the question', async () => server.asked.length === 1);
    expect((await http.call('DELETE', `/api/v1/chat/${id}`)).status).toBe(204);
    expect((await eventsOf(await told)).at(-1)).not.toMatchObject({ type: 'answer-end' });
    expect((await http.call('DELETE', `/api/v1/chat/${randomUUID()}`)).body.error.code).toBe(
      'answer_not_found',
    );
  });
});

describe('abuse', () => {
  it('meets a proof of work at the start, and a budget after it', async () => {
    const server = await startScriptedServer({
      words: [],
      config: { proof_of_work_bits: 8, visitor_messages_per_hour: 20 },
    });
    const http = createHttpClient({ url: server.url, adminKey: '' });
    const post = (body: object) => http.call('POST', '/api/v1/chat', { body });
    const refused = await post({ message: 'Hi?' });
    expect([refused.status, refused.body.error.code]).toEqual([428, 'proof_needed']);
    const { challenge, bits } = (await http.call('GET', '/api/v1/challenge')).body as {
      challenge: string;
      bits: number;
    };
    let nonce = 0;
    while (leadingZeroBits(challenge, String(nonce)) < bits) nonce += 1;
    const proof = { challenge, nonce: String(nonce) };
    const begun = await post({ message: 'Hi?', proof });
    expect(begun.status).toBe(200);
    expect((await post({ message: 'Hi?', proof })).body.error.message).toContain('used before');
    const { conversation_id } = begun.body;
    const statuses: number[] = [];
    for (let sent = 0; sent < 6; sent += 1)
      statuses.push((await post({ message: 'More?', conversation_id })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const late = await post({ message: 'More?', conversation_id });
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(late.body.error.message).toMatch(/Wait \d+ seconds/);
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(url: string, path: string, name: string, bytes: Buffer, headers = {}) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
  const response = await fetch(url + path, { method: 'POST', body: form, headers });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into bodies of every shape
  return { status: response.status, body: (await response.json()) as any };
}

describe('a file in a conversation', () => {
  it('is told by its content, shown to staff, and read by nobody else', async () => {
    const server = await startDeskServer();
    const anna = await server.signIn('agent', 'Anna');
    const { body: conversation } = await server.http.call('POST', '/api/v1/conversations', { body: {} });
    const path = `/api/v1/conversations/${conversation.id}/attachments`;
    const text = await upload(server.url, path, '../../note\u202e.png', Buffer.from('The sole is torn.'));
    expect(text).toMatchObject({
      status: 201,
      body: { name: 'note_.png', media_type: 'text/plain', bytes: 17, text: 'The sole is torn.', note: null },
    });
    expect(await upload(server.url, path, 'photo.txt', PNG)).toMatchObject({
      status: 201,
      body: { media_type: 'image/png' },
    });
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
    for (const bytes of [page, program, Buffer.alloc(0)])
      expect((await upload(server.url, path, 'photo.png', bytes)).body.error.code).toBe(
        'attachment_type_refused',
      );

    const threads = (await anna.call('GET', '/api/v1/threads')).body.threads;
    expect(threads).toMatchObject([{ last_text: 'photo.txt', unread: true }]);
    const staffPath = `/api/v1/threads/${threads[0].id}`;
    const { events } = (await anna.call('GET', `${staffPath}/events`)).body;
    const added = events.filter(({ type }: Event) => type === 'attachment-add');
    expect(added).toMatchObject([{ data: { attachment: { name: 'note_.png' } } }, {}]);
    const { id } = added[0].data.attachment;
    const download = await fetch(`${server.url}${staffPath}/attachments/${id}`, { headers: anna.headers() });
    expect(await download.text()).toBe('The sole is torn.');
    expect(download.headers.get('content-disposition')).toContain('attachment');
    expect(download.headers.get('content-security-policy')).toContain('sandbox');
    expect((await fetch(`${server.url}${path}/${id}`)).status).toBe(200);
    const other = (await server.http.call('POST', '/api/v1/conversations', { body: {} })).body.id;
    expect((await fetch(`${server.url}/api/v1/conversations/${other}/attachments/${id}`)).status).toBe(404);
    expect((await fetch(`${server.url}${staffPath}/attachments/${id}`)).status).toBe(401);
    const read = (await server.http.call('GET', `/api/v1/conversations/${conversation.id}`)).body;
    expect(read.attachments.map(({ name }: { name: string }) => name)).toEqual(['note_.png', 'photo.txt']);

    const answer = await upload(server.url, `${staffPath}/attachments`, 'label.png', PNG, anna.headers());
    expect(answer).toMatchObject({ status: 201, body: { from: 'staff', name: 'label.png' } });
  });

  it('in which nothing could be read is told of in the language of the conversation', async () => {
    const server = await startDeskServer();
    const { body } = await server.http.call('POST', '/api/v1/conversations', { body: {} });
    await server.app.conversations.addMessage({
      id: 'asked',
      conversationId: body.id,
      role: 'customer',
      text: 'Können Sie mir sagen, was auf dieser Rechnung steht?',
      answer: null,
    });
    const path = `/api/v1/conversations/${body.id}/attachments`;
    const { body: file } = await upload(server.url, path, 'leer.txt', Buffer.from('   '));
    expect(file).toMatchObject({
      text: null,
      note: expect.stringMatching(/^In dieser Datei wurde kein Text/),
    });
  });

  it('is refused when it is too large, too many, or not wanted', async () => {
    const server = await startDeskServer({ config: { max_attachment_bytes: 1000 } });
    const id = (await server.http.call('POST', '/api/v1/conversations', { body: {} })).body.id as string;
    const path = `/api/v1/conversations/${id}/attachments`;
    const large = await upload(server.url, path, 'a.txt', Buffer.alloc(1001, 'a'));
    expect([large.status, large.body.error.code]).toEqual([413, 'attachment_too_large']);
    for (let sent = 0; sent < 20; sent += 1)
      expect((await upload(server.url, path, `${sent}.txt`, Buffer.from('text'))).status).toBe(201);
    expect((await upload(server.url, path, 'more.txt', Buffer.from('text'))).body.error.code).toBe(
      'attachments_full',
    );
    await server.close();
    const closed = await startDeskServer({ config: { max_attachment_bytes: 0 }, folder: server.folder });
    expect((await upload(closed.url, path, 'a.txt', Buffer.from('text'))).body.error.code).toBe(
      'attachments_off',
    );
  });
});

describe('a conversation over the socket', () => {
  it('is followed from a number on: nothing lost, nothing twice', async () => {
    const server = await startDeskServer();
    const id = await server.app.conversations.createConversation({});
    const thread = (await server.app.desk.tools.store.threadOf(id))!;
    const say = (text: string) =>
      server.http.call('POST', `/api/v1/threads/${thread.id}/messages`, {
        key: server.adminKey,
        body: { text },
      });
    const first = await connectSocket(server.url);
    first.send({ type: 'follow', id, after: 0 });
    first.send({ type: 'follow', id, after: 0 });
    await say('One');
    await first.until('the first', ({ message }) => message?.text === 'One');
    const { sequence } = first.received.at(-1);
    await first.kill();
    await say('Two');
    const second = await connectSocket(server.url);
    second.send({ type: 'follow', id, after: sequence });
    await say('Three');
    await second.until('the last', ({ message }) => message?.text === 'Three');
    const texts = [...first.received, ...second.received].flatMap(({ message }) => message?.text ?? []);
    expect(texts).toEqual(['One', 'Two', 'Three']);
    second.send({ type: 'cancel', id });
    second.send({ type: 'follow', id: randomUUID(), after: 0 });
    await second.until('a refusal', ({ code }) => code === 'conversation_not_found');
    await waitFor('nobody to listen', async () => server.app.desk.hub.listeners === 0);
  });
});
