import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStore, TraceStore } from '../contracts.ts';

export type OpenTraces = (options: { now: () => number }) => Promise<{
  traces: TraceStore;
  conversations: ConversationStore;
  /** Removes a message, as erasing a person does. */
  removeMessage: (id: string) => Promise<void>;
  close: () => void | Promise<void>;
}>;

const DAY = 86_400_000;
const LONG = JSON.stringify({ sentences: Array.from({ length: 200 }, (_, index) => `Satz Nr. ${index} 🥾`) });

export function traceStoreSuite(name: string, open: OpenTraces): void {
  describe(`${name} as a trace store`, () => {
    let opened: Awaited<ReturnType<OpenTraces>>;
    let now = Date.parse('2026-11-21T10:00:00Z');
    beforeEach(async () => {
      now = Date.parse('2026-11-21T10:00:00Z');
      opened = await open({ now: () => now });
    });
    afterEach(() => opened.close());
    const say = async (id: string): Promise<string> => {
      const conversationId = await opened.conversations.createConversation({});
      await opened.conversations.addMessage({
        id,
        conversationId,
        role: 'assistant',
        text: 'Hello.',
        answer: '{}',
      });
      return conversationId;
    };

    it('gives back what was put, the newest counting, and null for what it does not hold', async () => {
      const conversationId = await say('a');
      opened.traces.put('a', '{"old":true}');
      opened.traces.put('a', LONG);
      expect(await opened.traces.get('a')).toEqual({
        messageId: 'a',
        conversationId,
        createdAt: '2026-11-21T10:00:00.000Z',
        trace: LONG,
        feedback: null,
      });
      expect(await opened.traces.get('b')).toBeNull();
    });

    it('drops the trace of a message that is not there, and the others of its batch stay', async () => {
      await say('a');
      opened.traces.put('nothing', LONG);
      opened.traces.put('a', LONG);
      await opened.traces.flush();
      expect((await opened.traces.counts()).traces).toBe(1);
    });

    it('is small: a long text takes less than a third of its bytes', async () => {
      await say('a');
      opened.traces.put('a', LONG);
      await opened.traces.flush();
      const { bytes } = await opened.traces.counts();
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThan(Buffer.byteLength(LONG) / 3);
    });

    it('ties feedback to the trace of its message', async () => {
      await say('a');
      opened.traces.put('a', LONG);
      const feedback = { rating: -1, category: null, comment: 'Wrong price.' };
      await opened.conversations.addFeedback('a', feedback);
      expect((await opened.traces.get('a'))?.feedback).toMatchObject({ rating: -1, comment: 'Wrong price.' });
    });

    it('goes with its message', async () => {
      await say('a');
      opened.traces.put('a', LONG);
      await opened.traces.flush();
      await opened.removeMessage('a');
      expect(await opened.traces.get('a')).toBeNull();
      expect(await opened.traces.counts()).toEqual({ traces: 0, bytes: 0 });
    });

    it('removes what is too old, then the oldest until the rest fits', async () => {
      for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
        await say(id);
        now = Date.parse('2026-11-01T10:00:00Z') + index * DAY;
        opened.traces.put(id, LONG);
        await opened.traces.flush();
      }
      const one = (await opened.traces.counts()).bytes / 4;
      now = Date.parse('2026-11-05T09:00:00Z');
      expect(await opened.traces.prune({ days: 3, bytes: one * 10 })).toBe(1);
      expect(await opened.traces.get('a')).toBeNull();
      expect(await opened.traces.prune({ days: 30, bytes: one * 2 })).toBe(1);
      expect(await opened.traces.get('b')).toBeNull();
      expect(await opened.traces.get('c')).not.toBeNull();
      expect(await opened.traces.prune({ days: 0, bytes: one * 2 })).toBe(2);
    });
  });
}
