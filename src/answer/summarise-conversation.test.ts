import { expect, it } from 'vitest';
import type { MessageRecord } from '../stores/contracts.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { exampleAnswer, exampleCitation } from '../testing/example-answer.ts';
import { extendSummary, summariseConversation } from './summarise-conversation.ts';
import { newSession } from './session.ts';

const asked = (text: string): MessageRecord => ({
  id: text,
  conversationId: 'c',
  role: 'customer',
  text,
  answer: null,
  createdAt: '2026-03-01T12:00:00Z',
});
const answered = (...quotes: string[]): MessageRecord => ({
  ...asked('an answer'),
  role: 'assistant',
  answer: JSON.stringify(exampleAnswer({ citations: quotes.map((quote) => exampleCitation(quote)) })),
});

/** A real store with a conversation of so many turns, and a record of how much is read of it. */
async function conversationOf(turns: number) {
  const store = createSqliteConversationStore(openDatabase(':memory:'));
  const id = await store.createConversation({});
  for (let turn = 0; turn < turns; turn++) {
    const { text, answer } = answered(`Boots number ${turn} weigh ${turn} grams. More.`);
    await store.addMessage({
      ...asked(`How heavy are boots number ${turn}?`),
      id: `q${turn}`,
      conversationId: id,
    });
    await store.addMessage({ id: `a${turn}`, conversationId: id, role: 'assistant', text, answer });
  }
  const limits: number[] = [];
  const conversations = {
    countMessages: store.countMessages,
    listRecentMessages: (conversationId: string, limit: number) => {
      limits.push(limit);
      return store.listRecentMessages(conversationId, limit);
    },
  };
  return { id, conversations, limits };
}

it('leaves a conversation of fifteen messages as it is, and reads none of it', async () => {
  const { id, conversations, limits } = await conversationOf(7);
  const session = newSession(id);
  expect(await summariseConversation(session, conversations)).toBe(session);
  expect(limits).toEqual([]);
});

it('sums up what is older than the newest fifteen, each message once', async () => {
  const { id, conversations } = await conversationOf(9);
  const session = await summariseConversation({ ...newSession(id), products: ['TB-204'] }, conversations);
  expect(session).toMatchObject({ summarised: 3, products: ['TB-204'] });
  expect(session.summary.split('\n')).toEqual([
    'Q: How heavy are boots number 0?',
    'A: Boots number 0 weigh 0 grams.',
    'Q: How heavy are boots number 1?',
  ]);
  expect(await summariseConversation(session, conversations)).toBe(session);
});

it('reads a bounded part of 500 turns, at once and turn by turn', async () => {
  const { id, conversations, limits } = await conversationOf(500);
  const session = await summariseConversation(newSession(id), conversations);
  expect(session.summarised).toBe(985);
  expect(session.summary.length).toBeLessThanOrEqual(600);
  expect(session.summary).toContain('boots number 492?');
  expect(session.summary).not.toContain('number 493');
  await summariseConversation({ ...session, summarised: 983 }, conversations);
  expect(limits).toEqual([60, 17]);
});

it('keeps the newest lines that fit, none twice, and cuts long ones between words', () => {
  const long = `Do you have ${'wonderful '.repeat(40)}boots?`;
  const summary = extendSummary('Q: An old question about tents?', [asked(long), asked('Are boots warm?')]);
  const lines = summary.split('\n');
  expect(lines[0]).toBe('Q: An old question about tents?');
  expect(lines[1]).toMatch(/^Q: Do you have .*wonderful…$/);
  expect(lines[1]!.length).toBeLessThanOrEqual(160);
  expect(extendSummary(summary, [asked('Are boots warm?')])).toBe(summary);
  const many = Array.from({ length: 40 }, (_, place) => asked(`Is article number ${place} warm and dry?`));
  const full = extendSummary(summary, many);
  expect(full.length).toBeLessThanOrEqual(600);
  expect(full).toMatch(/number 39 warm and dry\?$/);
});

it('leaves out what does not stand by itself, and answers that cite nothing', () => {
  const messages = [
    asked('and for shoes?'),
    asked('How much is it?'),
    asked('Thanks!'),
    answered(),
    { ...asked('a note'), role: 'assistant' as const },
    asked('Do the boots of 2025 keep water out?'),
  ];
  expect(extendSummary('', messages)).toBe('Q: Do the boots of 2025 keep water out?');
});
