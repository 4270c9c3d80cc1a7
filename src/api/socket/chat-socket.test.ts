import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { waitFor } from '../../testing/http-client.ts';
import { connectSocket, refusedWith, type Received } from '../../testing/socket-client.ts';
import { startScriptedServer } from '../../testing/start-scripted-server.ts';

// Building a server with all its schemas takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const WORDS = ['You ', 'can ', 'return ', 'goods ', 'within ', '60 ', 'days.'];
const isEnd = ({ type }: Received): boolean => type === 'answer-end';
const textOf = (received: readonly Received[]): string =>
  received
    .filter(({ type }) => type === 'text-delta')
    .map(({ text }) => text)
    .join('');
const question = (more: object = {}) => ({ type: 'question', id: randomUUID(), message: 'Hi?', ...more });

/** Every event of an answer once and in order. */
function expectWhole(received: readonly Received[]): void {
  expect(received.map(({ sequence }) => sequence)).toEqual(received.map((_, place) => place + 1));
  expect(textOf(received)).toBe(WORDS.join(''));
  expect(received.at(-1)).toMatchObject({ type: 'answer-end', answer: { answer: WORDS.join('') } });
}

describe('a line', () => {
  it('that breaks in mid-answer goes on after it: nothing lost, nothing twice, asked once', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const first = await connectSocket(server.url);
    const asked = question();
    first.send(asked);
    server.release(3);
    await first.until('three words', ({ sequence }) => sequence === 4);
    await first.kill();
    server.release(2);
    const second = await connectSocket(server.url);
    second.send({ type: 'resume', id: asked.id, after: 4 });
    await second.until('what was missed', ({ sequence }) => sequence === 6);
    server.release(2);
    await second.until('the end', isEnd);
    expectWhole([...first.received, ...second.received]);
    expect(server.asked).toHaveLength(1);
  });

  it('that breaks before anything came is gone on with by the same question', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const asked = question();
    const first = await connectSocket(server.url);
    first.send(asked);
    await waitFor('the question to arrive', async () => server.asked.length === 1);
    await first.kill();
    server.release(WORDS.length);
    const second = await connectSocket(server.url);
    second.send(asked);
    await second.until('the end', isEnd);
    expectWhole(second.received);
    const { conversation_id } = second.received[0];
    expect(await server.conversations.countMessages(conversation_id)).toBe(2);
  });

  it('hears an answer once, however often the question comes', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const line = await connectSocket(server.url);
    const asked = question();
    for (let copies = 0; copies < 3; copies += 1) line.send(asked);
    line.send({ type: 'resume', id: asked.id, after: 0 });
    server.release(WORDS.length);
    await line.until('the end', isEnd);
    line.send({ type: 'cancel', id: randomUUID() });
    await line.until('the answer to the last message', ({ code }) => code === 'answer_not_found');
    expectWhole(line.received.slice(0, -1));
    expect(server.asked).toHaveLength(1);
  });

  it('may resume before it asks, and is told that there is nothing yet', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const line = await connectSocket(server.url);
    const asked = question();
    line.send({ type: 'resume', id: asked.id, after: 3 });
    line.send(asked);
    server.release(WORDS.length);
    await line.until('the end', isEnd);
    expect(line.received[0]).toMatchObject({ type: 'error', code: 'answer_not_found', id: asked.id });
    expectWhole(line.received.slice(1));
  });

  it('finds an answer in the store when memory has forgotten it', async () => {
    const server = await startScriptedServer({ words: WORDS, socket: { keptMs: 0 } });
    const asked = question();
    const first = await connectSocket(server.url);
    first.send(asked);
    server.release(WORDS.length);
    await first.until('the end', isEnd);
    const second = await connectSocket(server.url);
    // The log goes by a timer of its own; until then its events come again, each once.
    const told = await waitFor('the answer from the store', async () => {
      const before = second.received.length;
      second.send({ type: 'resume', id: asked.id, after: 2 });
      const end = await waitFor('an end', async () => second.received.slice(before).find(isEnd));
      return end.sequence > 100 ? end : null;
    });
    expect(told.answer.answer).toBe(WORDS.join(''));
    second.send(asked);
    expect(server.asked).toHaveLength(1);
  });

  it('is told of an answer that was broken off, and has it answered by asking again', async () => {
    const server = await startScriptedServer({ words: WORDS });
    const conversationId = await server.conversations.createConversation({});
    const asked = question();
    await server.conversations.addMessage({
      id: asked.id,
      conversationId,
      role: 'customer',
      text: 'Hi?',
      answer: null,
    });
    const line = await connectSocket(server.url);
    line.send({ type: 'resume', id: asked.id, after: 1 });
    expect(await line.until('an error', ({ type }) => type === 'error')).toMatchObject({
      code: 'answer_interrupted',
      id: asked.id,
    });
    server.release(WORDS.length);
    line.send(asked);
    await line.until('the end', isEnd);
    expectWhole(line.received.slice(1));
    // Asked once, stored once.
    expect(await server.conversations.countMessages(conversationId)).toBe(2);
  });

  it('ends an answer that its asker no longer wants, and one that nobody listens to any more', async () => {
    const server = await startScriptedServer({ words: WORDS, socket: { unheardMs: 0 } });
    const line = await connectSocket(server.url);
    const [unwanted, unheard] = [question(), question()];
    line.send(unwanted);
    await line.until('its start', ({ sequence }) => sequence === 1);
    line.send({ type: 'cancel', id: unwanted.id });
    await line.until('its end', ({ code }) => code === 'cancelled');
    line.send(unheard);
    await waitFor('the second question', async () => server.asked.length === 2);
    await line.kill();
    await waitFor('the answer to be given up', async () => server.asked[1]!.signal.aborted);
    expect(server.asked[0]!.signal.aborted).toBe(true);
  });

  it('carries several answers at once, up to a limit', async () => {
    const server = await startScriptedServer({ words: WORDS, socket: { openQuestions: 2 } });
    const line = await connectSocket(server.url);
    const questions = [question(), question(), question()];
    for (const one of questions) line.send(one);
    const refused = await line.until('a refusal', ({ type }) => type === 'error');
    expect(refused).toMatchObject({ code: 'conversation_busy', id: questions[2]!.id });
    server.release(2 * WORDS.length);
    for (const { id } of questions.slice(0, 2)) {
      await line.until('its end', (message) => isEnd(message) && message.id === id);
      expectWhole(line.received.filter((message) => message.id === id));
    }
  });

  it('that went silent is cut', async () => {
    const server = await startScriptedServer({ words: WORDS, socket: { pingMs: 30 } });
    const lively = await connectSocket(server.url);
    const silent = await connectSocket(server.url, { autoPong: false });
    expect(await silent.closed).toBe(1006);
    lively.send(question());
    server.release(WORDS.length);
    await lively.until('the end', isEnd);
  });

  it('that reads too slowly is cut, and can go on', async () => {
    // More than the buffers between the two hold.
    const words = ['x', 'y', 'z'].map((letter) => letter.repeat(8_000_000));
    const server = await startScriptedServer({ words });
    const slow = await connectSocket(server.url);
    const asked = question();
    slow.socket.pause();
    slow.send(asked);
    server.release(words.length);
    await waitFor('the line to be cut', async () =>
      (await server.metrics.registry.metrics()).includes('chat_socket_events_total{event="slow"} 1'),
    );
    slow.socket.resume();
    expect(await slow.closed).toBe(1006);
    expect(slow.received.some(isEnd)).toBe(false);
    expect(server.asked[0]!.signal.aborted).toBe(false);
  });

  it.each([
    ['no JSON', '{"type":'],
    ['an unknown type', { type: 'shout' }],
    ['an id that could be guessed', question({ id: '17' })],
    ['a number as message', question({ message: 3 })],
    ['nothing', 'null'],
  ])('is told of %s, and stays open', async (_name, message) => {
    const server = await startScriptedServer({ words: WORDS });
    const line = await connectSocket(server.url);
    line.send(message);
    expect(await line.until('an error', ({ type }) => type === 'error')).toMatchObject({
      code: 'request_invalid',
      request_id: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    line.send(question());
    server.release(WORDS.length);
    await line.until('the end', isEnd);
  });

  it('with nothing but nonsense, or with a message that is too large, is cut', async () => {
    const server = await startScriptedServer({ words: [], socket: { badMessages: 3, messageBytes: 10_000 } });
    const noisy = await connectSocket(server.url);
    for (let times = 0; times < 3; times += 1) noisy.send('{}');
    expect(await noisy.closed).toBe(1008);
    const large = await connectSocket(server.url);
    large.send(question({ message: 'x'.repeat(20_000) }));
    expect(await large.closed).toBe(1009);
  });
});

describe('a connection', () => {
  it('is taken from programs, own pages and allowed sites alone', async () => {
    const allowed_origins = 'https://shop.example, https://other.example/';
    const { url } = await startScriptedServer({ words: [], config: { allowed_origins } });
    for (const origin of [undefined, url, 'https://shop.example', 'https://OTHER.example']) {
      const line = await connectSocket(url, { ...(origin !== undefined && { origin }) });
      await line.kill();
    }
    for (const origin of ['https://evil.example', 'null', 'https://shop.example.evil.example', `${url}0`])
      expect(await refusedWith(url, { origin }), origin).toBe(403);
  });

  it('is refused when there are too many, and needs WebSocket', async () => {
    const { url } = await startScriptedServer({ words: [], socket: { connections: 1 } });
    await connectSocket(url);
    expect(await refusedWith(url)).toBe(503);
    const plain = await fetch(`${url}/api/v1/chat/ws`);
    expect(plain.status).toBe(426);
    expect(await plain.json()).toMatchObject({ error: { code: 'upgrade_required' } });
  });
});
