import type { DeskStore } from '../desk-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

type Run = <Result>(work: () => Result) => Promise<Result>;

/** What somebody has begun to write, and what became of the drafts that the assistant made. */
export function desksDrafts(
  database: SqliteDatabase,
  run: Run,
): Pick<DeskStore, 'getDraft' | 'putDraft' | 'noteDraftUse'> {
  return {
    getDraft: (userId, threadId, kind) =>
      run(() => {
        const row = database
          .prepare(
            `SELECT text, data, updated_at AS updatedAt FROM drafts WHERE user_id = ? AND thread_id = ? AND kind = ?`,
          )
          .get(userId, threadId, kind) as { text: string; data: string; updatedAt: string } | undefined;
        return row ? { ...row, data: JSON.parse(row.data) as unknown } : null;
      }),
    putDraft: (userId, threadId, kind, draft) =>
      run(() => {
        if (!draft) {
          database
            .prepare('DELETE FROM drafts WHERE user_id = ? AND thread_id = ? AND kind = ?')
            .run(userId, threadId, kind);
          return;
        }
        database
          .prepare(
            `INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, thread_id, kind)
             DO UPDATE SET text = excluded.text, data = excluded.data, updated_at = excluded.updated_at`,
          )
          .run(
            userId,
            threadId,
            kind,
            draft.text,
            JSON.stringify(draft.data ?? null),
            new Date().toISOString(),
          );
      }),
    noteDraftUse: ({ messageId, shown, inserted, editedShare }) =>
      run(
        () =>
          void database
            .prepare('INSERT OR REPLACE INTO draft_uses VALUES (?, ?, ?, ?, ?)')
            .run(messageId, shown ? 1 : 0, inserted ? 1 : 0, editedShare, new Date().toISOString()),
      ),
  };
}
