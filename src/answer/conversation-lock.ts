import { AnswerboxError, throwIfCancelled } from '../errors.ts';

export const CONVERSATION_WAITING = {
  /** Messages of one conversation that may wait behind the one that is answered; 1…20. More is no conversation. */
  most: 3,
} as const;

export interface ConversationLock {
  /**
   * Waits until the earlier messages of this conversation are answered; in the order of the calls.
   * @returns what lets the next one go on; safe to call twice
   * @throws conversation_busy when too many wait, cancelled when the signal is raised while waiting
   */
  acquire(conversationId: string, signal?: AbortSignal): Promise<() => void>;
  /** Messages that are answered or wait, all conversations together. */
  readonly size: number;
}

interface Waiting {
  start: () => void;
}

/** Two messages at once in one conversation are answered one after the other, so that each knows what was said. */
export function createConversationLock(most: number = CONVERSATION_WAITING.most): ConversationLock {
  /** Those who wait, by conversation; there is a queue while one is answered, empty when nobody waits. */
  const queues = new Map<string, Waiting[]>();

  function releaser(conversationId: string, queue: Waiting[]): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = queue.shift();
      if (next) next.start();
      else queues.delete(conversationId);
    };
  }

  return {
    acquire: async (conversationId, signal) => {
      throwIfCancelled(signal);
      const queue = queues.get(conversationId);
      if (queue === undefined) {
        const own: Waiting[] = [];
        queues.set(conversationId, own);
        return releaser(conversationId, own);
      }
      if (queue.length >= most) throw new AnswerboxError('conversation_busy', { waiting: queue.length });
      await turnIn(queue, signal);
      return releaser(conversationId, queue);
    },
    get size() {
      return [...queues.values()].reduce((sum, queue) => sum + 1 + queue.length, 0);
    },
  };
}

function turnIn(queue: Waiting[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      queue.splice(queue.indexOf(waiting), 1);
      reject(new AnswerboxError('cancelled', {}, signal?.reason));
    };
    const waiting: Waiting = {
      start: () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      },
    };
    signal?.addEventListener('abort', leave, { once: true });
    queue.push(waiting);
  });
}
