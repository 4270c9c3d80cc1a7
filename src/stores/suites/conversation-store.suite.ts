import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStore } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export function conversationStoreSuite(name: string, open: OpenStore<ConversationStore>): void {
  describe(`${name} as a conversation store`, () => {
    let store: ConversationStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());
    const say = (conversationId: string, id: string, text = id) =>
      store.addMessage({ id, conversationId, role: 'customer', text, answer: null });

    it('knows the conversations it made, under ids that cannot be guessed', async () => {
      const [one, two] = [
        await store.createConversation({ page: '/boots' }),
        await store.createConversation({}),
      ];
      expect(one).not.toBe(two);
      expect(one).toMatch(/^[\w-]{20,}$/);
      expect(await store.hasConversation(one)).toBe(true);
      expect(await store.hasConversation('nothing')).toBe(false);
    });

    it('lists messages in the order they came, each conversation its own', async () => {
      const [one, two] = [await store.createConversation({}), await store.createConversation({})];
      for (const id of ['c', 'a', 'b']) await say(one, id);
      await say(two, 'other');
      const answer = JSON.stringify({ answer: 'Grüße 🥾' });
      await store.addMessage({ id: 'd', conversationId: one, role: 'assistant', text: 'Grüße 🥾', answer });
      const messages = await store.listMessages(one);
      expect(messages.map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
      expect(messages[3]).toMatchObject({ role: 'assistant', text: 'Grüße 🥾', answer, conversationId: one });
      expect(Date.parse(messages[0]!.createdAt)).not.toBeNaN();
      expect(await store.listMessages('nothing')).toEqual([]);
      expect(await store.findMessage('d')).toEqual(messages[3]);
      expect(await store.findMessage('nothing')).toBeNull();
    });

    it('lists the newest messages in the order they came, and counts all', async () => {
      const [one, two] = [await store.createConversation({}), await store.createConversation({})];
      for (const id of ['c', 'a', 'b']) await say(one, id);
      await say(two, 'other');
      const idsOf = async (limit: number) => (await store.listRecentMessages(one, limit)).map(({ id }) => id);
      expect(await idsOf(2)).toEqual(['a', 'b']);
      expect(await idsOf(10)).toEqual(['c', 'a', 'b']);
      expect(await store.listRecentMessages(one, 10)).toEqual(await store.listMessages(one));
      expect(await idsOf(0)).toEqual([]);
      const before = async (id: string, limit: number) =>
        (await store.listMessagesBefore(one, id, limit)).map(({ id: found }) => found);
      expect(await before('b', 1)).toEqual(['a']);
      expect(await before('b', 10)).toEqual(['c', 'a']);
      expect(await before('c', 10)).toEqual([]);
      expect(await before('other', 10)).toEqual([]);
      expect(await store.countMessages(one)).toBe(3);
      expect(await store.countMessages('nothing')).toBe(0);
    });

    it('refuses a message of no conversation, and one that it holds already', async () => {
      await expect(say('nothing', 'a')).rejects.toMatchObject({ code: 'storage_failed' });
      const id = await store.createConversation({});
      await say(id, 'a', 'first');
      await expect(say(id, 'a', 'second')).rejects.toMatchObject({ code: 'storage_failed' });
      expect((await store.listMessages(id)).map(({ text }) => text)).toEqual(['first']);
    });

    it('stores feedback on a message, the last word counting; says false when there is no such message', async () => {
      const id = await store.createConversation({});
      await say(id, 'asked');
      await store.addMessage({ id: 'a', conversationId: id, role: 'assistant', text: 'Hi', answer: '{}' });
      const good = { rating: 1, category: null, comment: null };
      expect(await store.addFeedback('a', good)).toBe(true);
      const bad = { rating: -1, category: 'outdated' as const, comment: 'No.' };
      expect(await store.addFeedback('a', bad)).toBe(true);
      expect(await store.addFeedback('nothing', good)).toBe(false);
      expect(await store.addFeedback('asked', good)).toBe(false);
      expect(await store.listFeedback(id)).toEqual([
        { messageId: 'a', ...bad, createdAt: expect.any(String) as string },
      ]);
      expect(await store.listFeedback('nothing')).toEqual([]);
    });
  });
}
