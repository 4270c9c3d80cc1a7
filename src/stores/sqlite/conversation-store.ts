import { randomBytes } from 'node:crypto';
import type { ConversationStore, Feedback, MessageRecord } from '../contracts.ts';
import { commitTogether } from './commit-together.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';
import { prepared } from './prepared.ts';

const MESSAGE = 'id, conversation_id AS conversationId, role, text, answer, author, created_at AS createdAt';

export function createSqliteConversationStore(database: SqliteDatabase): ConversationStore {
  const run = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  const write = <Result>(work: () => Result): Promise<Result> => commitTogether(database, work);
  const now = (): string => new Date().toISOString();

  return {
    createConversation: (metadata) =>
      write(() => {
        // It opens the conversation to whoever holds it, so it has 192 random bits; a UUID has 122.
        const id = randomBytes(24).toString('hex');
        prepared(database, 'INSERT INTO conversations VALUES (?, ?, ?)').run(
          id,
          JSON.stringify(metadata),
          now(),
        );
        return id;
      }),
    hasConversation: (id) =>
      run(() => prepared(database, 'SELECT 1 FROM conversations WHERE id = ?').get(id) !== undefined),
    addMessage: (message) =>
      write(() => {
        prepared(
          database,
          'INSERT INTO messages (id, conversation_id, role, text, answer, author, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ).run(
          message.id,
          message.conversationId,
          message.role,
          message.text,
          message.answer,
          message.author ?? null,
          now(),
        );
      }),
    listMessages: (conversationId) =>
      run(
        () =>
          prepared(
            database,
            `SELECT ${MESSAGE} FROM messages WHERE conversation_id = ? ORDER BY sequence`,
          ).all(conversationId) as MessageRecord[],
      ),
    listRecentMessages: (conversationId, limit) =>
      run(() =>
        (
          prepared(
            database,
            `SELECT ${MESSAGE} FROM messages WHERE conversation_id = ? ORDER BY sequence DESC LIMIT ?`,
          ).all(conversationId, limit) as MessageRecord[]
        ).reverse(),
      ),
    listMessagesBefore: (conversationId, before, limit) =>
      run(() =>
        (
          prepared(
            database,
            `SELECT ${MESSAGE} FROM messages WHERE conversation_id = ? AND sequence <
               (SELECT sequence FROM messages WHERE id = ? AND conversation_id = ?)
             ORDER BY sequence DESC LIMIT ?`,
          ).all(conversationId, before, conversationId, limit) as MessageRecord[]
        ).reverse(),
      ),
    countMessages: (conversationId) =>
      run(
        () =>
          prepared(database, 'SELECT count(*) FROM messages WHERE conversation_id = ?')
            .pluck()
            .get(conversationId) as number,
      ),
    findMessage: (id) =>
      run(
        () =>
          (prepared(database, `SELECT ${MESSAGE} FROM messages WHERE id = ?`).get(id) as
            MessageRecord | undefined) ?? null,
      ),
    addFeedback: (messageId, feedback) =>
      write(() => {
        if (
          prepared(database, `SELECT 1 FROM messages WHERE id = ? AND role = 'assistant'`).get(messageId) ===
          undefined
        )
          return false;
        prepared(
          database,
          `INSERT INTO feedback (message_id, rating, category, comment, created_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (message_id) DO UPDATE SET rating = excluded.rating, category = excluded.category,
             comment = excluded.comment, created_at = excluded.created_at`,
        ).run(messageId, feedback.rating, feedback.category, feedback.comment, now());
        return true;
      }),
    listFeedback: (conversationId) =>
      run(
        () =>
          prepared(
            database,
            `SELECT message_id AS messageId, rating, category, comment, feedback.created_at AS createdAt
               FROM feedback JOIN messages ON messages.id = message_id
               WHERE conversation_id = ? ORDER BY sequence`,
          ).all(conversationId) as (Feedback & { messageId: string; createdAt: string })[],
      ),
  };
}
