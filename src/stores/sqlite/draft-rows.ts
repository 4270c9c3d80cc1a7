import type { DeskStore } from '../desk-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { prepared } from './prepared.ts';

type Run = <Result>(work: () => Result) => Promise<Result>;

/** What somebody has begun to write, and what became of the drafts that the assistant made. */
export function desksDrafts(
  database: SqliteDatabase,
  { run, write }: { run: Run; write: Run },
): Pick<DeskStore, 'getDraft' | 'putDraft' | 'noteDraftUse' | 'rateDraft' | 'getDraftRating'> {
  return {
    getDraft: (userId, threadId, kind) =>
      run(() => {
        const row = prepared(
          database,
          `SELECT text, data, updated_at AS updatedAt FROM drafts WHERE user_id = ? AND thread_id = ? AND kind = ?`,
        ).get(userId, threadId, kind) as { text: string; data: string; updatedAt: string } | undefined;
        return row ? { ...row, data: JSON.parse(row.data) as unknown } : null;
      }),
    putDraft: (userId, threadId, kind, draft) =>
      write(() => {
        if (!draft) {
          prepared(database, 'DELETE FROM drafts WHERE user_id = ? AND thread_id = ? AND kind = ?').run(
            userId,
            threadId,
            kind,
          );
          return;
        }
        prepared(
          database,
          `INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, thread_id, kind)
             DO UPDATE SET text = excluded.text, data = excluded.data, updated_at = excluded.updated_at`,
        ).run(
          userId,
          threadId,
          kind,
          draft.text,
          JSON.stringify(draft.data ?? null),
          new Date().toISOString(),
        );
      }),
    noteDraftUse: ({ messageId, shown, inserted, editedShare, askedId, propose }) =>
      write(() => {
        const at = new Date().toISOString();
        prepared(database, 'INSERT OR REPLACE INTO draft_uses VALUES (?, ?, ?, ?, ?)').run(
          messageId,
          shown ? 1 : 0,
          inserted ? 1 : 0,
          editedShare,
          at,
        );
        if (propose) proposeAnswer(database, messageId, askedId ?? null, at);
      }),
    rateDraft: (threadId, userId, rating) =>
      write(() => {
        if (rating === null)
          prepared(database, 'DELETE FROM draft_ratings WHERE thread_id = ? AND user_id = ?').run(
            threadId,
            userId,
          );
        else
          prepared(database, 'INSERT OR REPLACE INTO draft_ratings VALUES (?, ?, ?, ?)').run(
            threadId,
            userId,
            rating,
            new Date().toISOString(),
          );
      }),
    getDraftRating: (threadId, userId) =>
      run(
        () =>
          (prepared(database, 'SELECT rating FROM draft_ratings WHERE thread_id = ? AND user_id = ?')
            .pluck()
            .get(threadId, userId) as 1 | -1 | undefined) ?? null,
      ),
  };
}

/** A reply as an article that is not yet one: under what the customer asked, in the words of staff. */
function proposeAnswer(
  database: SqliteDatabase,
  messageId: string,
  askedId: string | null,
  at: string,
): void {
  prepared(
    database,
    `INSERT OR IGNORE INTO knowledge_gaps
         (id, question, questions, asked, passages, draft, status, updated_at, message_id)
       SELECT reply.id, asked.text, json_array(asked.text), 1, '[]', reply.text, 'open', ?, reply.id
       FROM messages AS reply JOIN messages AS asked ON asked.sequence = (
         SELECT sequence FROM messages WHERE conversation_id = reply.conversation_id
         AND role = 'customer' AND sequence < reply.sequence
         ORDER BY id = ? DESC, sequence DESC LIMIT 1)
       WHERE reply.id = ?`,
  ).run(at, askedId ?? '', messageId);
}
