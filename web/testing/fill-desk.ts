import { randomUUID } from 'node:crypto';
import type { Answer } from '../../src/answer/answer-types.ts';
import type { DeskServer } from '../../src/testing/open-desk-server.ts';

/** Never to be run, only shown. */
export const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

export interface Asked {
  conversationId: string;
  threadId: string;
  number: number;
}

export interface Question {
  name?: string;
  email?: string;
  texts: readonly string[];
  /** What the assistant said after the first text, with a source. */
  answer?: string;
}

/** A customer who writes, is answered by the assistant, and asks for a person. */
export async function askForPerson(server: DeskServer, question: Question): Promise<Asked> {
  const { name, email, texts, answer } = question;
  const conversationId = await server.app.conversations.createConversation({});
  for (const [index, text] of texts.entries()) {
    await write(server, conversationId, 'customer', text);
    if (index === 0 && answer !== undefined) await write(server, conversationId, 'assistant', answer);
  }
  const { body, status } = await server.http.call(
    'POST',
    `/api/v1/conversations/${conversationId}/handover`,
    {
      body: { ...(name && { name }), ...(email && { email }) },
    },
  );
  if (status !== 200) throw new Error(`no hand-over: ${JSON.stringify(body)}`);
  const thread = await server.app.desk.tools.store.threadOf(conversationId);
  return { conversationId, threadId: thread!.id, number: body.ticket.number as number };
}

export async function write(
  server: DeskServer,
  conversationId: string,
  role: 'customer' | 'assistant',
  text: string,
): Promise<void> {
  const id = randomUUID();
  const answer = role === 'customer' ? null : JSON.stringify(answered(conversationId, id, text));
  await server.app.conversations.addMessage({ id, conversationId, role, text, answer });
}

/** As the answering path stores it. */
function answered(conversationId: string, messageId: string, text: string): Answer {
  const quote = 'Unworn goods can be returned within 30 days of delivery.';
  return {
    conversation_id: conversationId,
    message_id: messageId,
    outcome: 'answered',
    answer: text,
    confidence: 0.87,
    intent: { name: 'return', confidence: 0.9 },
    language: 'en',
    quick_replies: [],
    citations: [
      {
        index: 1,
        document_id: 'returns',
        title: 'Returns policy',
        url: null,
        quote,
        start: 0,
        end: quote.length,
      },
    ],
    products: [],
    order: null,
    ticket: null,
    mode: 'extractive',
    timings_ms: {
      total: 40,
      preprocess: 1,
      intent: 4,
      live: 0,
      retrieve: 10,
      rerank: 25,
      first_token: 0,
      generate: 0,
      verify: 0,
    },
  };
}

/** A desk as it is on a busy morning. */
export async function fillDesk(server: DeskServer): Promise<Asked[]> {
  const questions: Question[] = [
    {
      name: 'Noor Haddad',
      email: 'noor@example.com',
      texts: ['Where is my parcel? It should have come on Tuesday.'],
    },
    {
      name: 'Tomás Rivera',
      email: 'tomas@example.com',
      texts: ['The zip of my jacket broke after two days.'],
    },
    { name: HOSTILE, email: 'evil@example.com', texts: [HOSTILE, `A second one: ${HOSTILE}`] },
    {
      name: 'Wei Chen',
      email: 'wei@example.com',
      texts: ['Can you change the delivery address of order 4711?'],
    },
    { name: 'Lena Fischer', email: 'lena@example.com', texts: ['Ich möchte meine Bestellung stornieren.'] },
    {
      name: 'Kim Andersen',
      email: 'kim@example.com',
      texts: [
        'My tent leaks at the seams after the first rain. Can I return it?',
        'It has been used once, and I still have the receipt. I leave for a trip on Friday, so I need a new one before that.',
      ],
      answer: 'Unworn goods can be returned within 30 days of delivery [1].',
    },
  ];
  const asked: Asked[] = [];
  for (const question of questions) asked.push(await askForPerson(server, question));
  return asked;
}
