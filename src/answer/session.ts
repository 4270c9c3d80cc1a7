import { isDeepStrictEqual } from 'node:util';
import { reasonOf } from '../errors.ts';
import type { ConversationStore } from '../stores/contracts.ts';
import type { Session, SessionStore } from '../stores/memory-contracts.ts';
import type { Answer } from './answer-types.ts';
import { summariseConversation } from './summarise-conversation.ts';

/** Product codes remembered of a conversation; more is a catalogue. */
const PRODUCTS = 10;

export function newSession(conversationId: string): Session {
  return { conversationId, summary: '', summarised: 0, products: [], provenOrder: null, asked: null };
}

export interface SessionTools {
  sessions: SessionStore;
  conversations: Pick<ConversationStore, 'countMessages' | 'listRecentMessages'>;
  log: (level: 'warn', message: string) => void;
}

/** What the conversation is about so far; a new one when it is forgotten, or cannot be read. */
export async function openSession(conversationId: string, tools: SessionTools): Promise<Session> {
  const known = await tools.sessions.get(conversationId).catch((error: unknown) => {
    tools.log('warn', `A session could not be read: ${reasonOf(error)}`);
    return null;
  });
  // Spread, since an older program's sessions lack what was added.
  return { ...newSession(conversationId), ...known };
}

/**
 * Keeps what this turn adds: products, what was asked back, the summary of older messages; the time to live
 * begins anew. A session that cannot be written is told of, and costs nobody the answer.
 */
export async function keepSession(
  session: Session,
  answer: Pick<Answer, 'products'>,
  tools: SessionTools,
): Promise<void> {
  try {
    const spoken = [...answer.products.map(({ code }) => code), ...session.products];
    const products = [...new Set(spoken)].slice(0, PRODUCTS);
    const summarised = await summariseConversation({ ...session, products }, tools.conversations);
    // A conversation of which there is nothing to keep is as good as a new one, and costs no write.
    if (!isDeepStrictEqual(summarised, newSession(session.conversationId))) {
      await tools.sessions.put(summarised);
    } else if (await tools.sessions.get(session.conversationId)) {
      // What was asked back is answered: a later "yes" must not find it again.
      await tools.sessions.remove(session.conversationId);
    }
  } catch (error) {
    tools.log('warn', `A session could not be kept: ${reasonOf(error)}`);
  }
}
