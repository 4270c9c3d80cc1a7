import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hasCode } from '../errors.ts';
import { EXAMPLE_MODEL } from '../testing/example-confidence.ts';
import { exampleAnswer } from '../testing/example-answer.ts';
import { openPath, type OpenPath } from '../testing/path-tools.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import type { Outcome } from './answer-types.ts';
import { suggestReply } from './suggest-reply.ts';

const SIGNAL = new AbortController().signal;
const RETURNS = 'Boots can be returned within 60 days.';
const QUESTION = 'Within how many days can boots be returned?';

let path: OpenPath;
let onRead: (() => void) | null = null;
beforeEach(async () => {
  onRead = null;
  path = await openPath({ onRead: () => onRead?.() });
  await path.write('returns', [RETURNS]);
});
afterEach(() => path.close());

type Said = ['customer' | 'staff', string] | ['assistant', string, Outcome];

/** A conversation in which this was said. */
async function conversation(...said: Said[]): Promise<string> {
  const conversationId = await path.tools.conversations.createConversation({});
  for (const [role, text, outcome] of said) {
    const answer = outcome === undefined ? null : JSON.stringify(exampleAnswer({ answer: text, outcome }));
    await path.tools.conversations.addMessage({ id: randomUUID(), conversationId, role, text, answer });
  }
  return conversationId;
}
const suggest = async (...said: Said[]) => suggestReply(await conversation(...said), path.tools, SIGNAL);

/** Every row of every table, and what is remembered of the conversation beside them. */
async function contents(id: string): Promise<string> {
  const database = openDatabase(`${path.folder}/answerbox.sqlite`);
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all() as {
      name: string;
    }[];
    const rows = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
    return JSON.stringify([rows, await path.tools.sessions.get(id)], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  } finally {
    database.close();
  }
}

it('is what documents say to the question that nobody answered, with its citation', async () => {
  expect(await suggest(['customer', QUESTION])).toMatchObject({
    text: RETURNS,
    citations: [{ quote: RETURNS, title: 'returns', index: 1 }],
    sure: true,
    language: 'en',
  });
});

it('stores nothing, asks no rule of the desk and serves nobody else’s answer', async () => {
  const id = await conversation(['customer', QUESTION]);
  const before = vi.spyOn(path.tools.desk, 'before');
  const stored = await contents(id);
  expect(await suggestReply(id, path.tools, SIGNAL)).not.toBeNull();
  expect(await contents(id)).toBe(stored);
  expect(before).not.toHaveBeenCalled();
  expect(path.tools.reuse?.counts).toEqual({ exact: 0, near: 0, joined: 0, miss: 0 });
});

it('goes on past what asks for nothing to the question that is still open', async () => {
  const open = ['customer', QUESTION] as const;
  const declined = ['assistant', 'I could not find that.', 'declined'] as const;
  const handed = ['assistant', 'A person will answer.', 'handed_off'] as const;
  const found = await suggest(
    [...open],
    [...declined],
    ['customer', 'I want to talk to a person'],
    [...handed],
  );
  expect(found?.text).toBe(RETURNS);
  expect((await suggest([...open], [...declined], ['customer', 'Vielen Dank!']))?.text).toBe(RETURNS);
  expect((await suggest([...open], ['customer', '  ']))?.text).toBe(RETURNS);
});

it('is none once staff or the assistant have answered, and for what stands there already', async () => {
  expect(await suggest(['customer', QUESTION], ['staff', 'Let me look.'])).toBeNull();
  expect(await suggest(['customer', QUESTION], ['assistant', 'Sixty.', 'answered'])).toBeNull();
  const said = ['assistant', `${RETURNS} [1]`, 'answered'] as const;
  expect(await suggest(['customer', QUESTION], [...said], ['customer', QUESTION])).toBeNull();
  // The same words in another number are not the same answer.
  const other = `A week ago, boots could be returned within 160 days.`;
  expect(await suggest(['staff', other], ['customer', QUESTION])).not.toBeNull();
});

it('is none where nothing relevant was found, or nothing asked', async () => {
  expect(await suggest(['customer', 'Who won the chess championship of 1972?'])).toBeNull();
  expect(await suggest(['customer', 'Hello!'])).toBeNull();
  expect(await suggest()).toBeNull();
});

it('reads a follow-up as a question of its conversation', async () => {
  await path.write('tents', ['Tents can be returned within 14 days.']);
  const found = await suggest(
    ['customer', QUESTION],
    ['assistant', `${RETURNS} [1]`, 'answered'],
    ['customer', 'And tents?'],
  );
  expect(found?.text).toBe('Tents can be returned within 14 days.');
});

it('says where it is not sure, and leaves out what is weaker still', async () => {
  const weighed = (confidence: number) => {
    const map = { from: [0], to: [confidence] };
    path.tools.confidence = { name: 'weighed', modelFor: () => ({ ...EXAMPLE_MODEL, map }) };
    return suggest(['customer', QUESTION]);
  };
  expect(await weighed(0.6)).toMatchObject({ sure: true, confidence: 0.6 });
  expect(await weighed(0.3)).toMatchObject({ sure: false, confidence: 0.3, text: RETURNS });
  expect(await weighed(0.1)).toBeNull();
});

it('ends when the asker leaves', async () => {
  const leaving = new AbortController();
  onRead = () => leaving.abort();
  const id = await conversation(['customer', QUESTION]);
  const failure = await suggestReply(id, path.tools, leaving.signal).catch((error: unknown) => error);
  expect(hasCode(failure, 'cancelled') || leaving.signal.reason === failure).toBe(true);
});
