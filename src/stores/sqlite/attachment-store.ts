import { randomUUID } from 'node:crypto';
import { AnswerboxError } from '../../errors.ts';
import type { AttachmentRecord, AttachmentStore } from '../attachment-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';
import { openContent, sealContent } from './sealed-fields.ts';
import { addEvent } from './write-desk.ts';

const CONTENT = 'attachments.content';
const COLUMNS =
  'id, conversation_id AS conversationId, name, media_type AS mediaType, bytes, sender AS "from", created_at AS createdAt';

export function createSqliteAttachmentStore(database: SqliteDatabase): AttachmentStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const record = (id: string): AttachmentRecord =>
    database.prepare(`SELECT ${COLUMNS} FROM attachments WHERE id = ?`).get(id) as AttachmentRecord;

  const add = database.transaction((...[attachment, most]: Parameters<AttachmentStore['add']>) => {
    const { conversationId, name, mediaType, content, from, author } = attachment;
    const thread = database
      .prepare('SELECT id, ticket FROM threads WHERE conversation_id = ?')
      .get(conversationId) as { id: string; ticket: number | null } | undefined;
    if (!thread) throw new AnswerboxError('thread_not_found', { id: '' });
    const held = database
      .prepare('SELECT count(*) FROM attachments WHERE conversation_id = ?')
      .pluck()
      .get(conversationId) as number;
    if (held >= most) return null;
    const id = randomUUID();
    const at = new Date().toISOString();
    const bytes = content.byteLength;
    database
      .prepare(
        `INSERT INTO attachments (id, conversation_id, name, media_type, bytes, sender, content, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, conversationId, name, mediaType, bytes, from, sealContent(database, CONTENT, id, content), at);
    const actor = { kind: from, ...author };
    const shown = { id, name, media_type: mediaType, bytes, from, created_at: at };
    addEvent(
      database,
      {
        id,
        threadId: thread.id,
        ticket: thread.ticket,
        type: 'attachment-add',
        visibility: 'all',
        actor,
        data: { attachment: shown },
      },
      at,
    );
    // For the list of threads it is what was said last.
    database
      .prepare(
        `UPDATE threads SET last_text = ?, updated_at = ?,
           last_customer_sequence = iif(? = 'customer', last_sequence, last_customer_sequence) WHERE id = ?`,
      )
      .run(name, at, from, thread.id);
    return record(id);
  });

  return {
    add: (...input) => run(() => add.immediate(...input)),
    list: (conversationId) =>
      run(
        () =>
          database
            .prepare(`SELECT ${COLUMNS} FROM attachments WHERE conversation_id = ? ORDER BY sequence`)
            .all(conversationId) as AttachmentRecord[],
      ),
    read: (conversationId, id) =>
      run(() => {
        const found = database
          .prepare(`SELECT ${COLUMNS}, content FROM attachments WHERE conversation_id = ? AND id = ?`)
          .get(conversationId, id) as (AttachmentRecord & { content: Uint8Array }) | undefined;
        return found ? { ...found, content: openContent(database, CONTENT, id, found.content) } : null;
      }),
  };
}
