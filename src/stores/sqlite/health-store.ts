import type {
  Dismissal,
  HealthReport,
  HealthStore,
  KnowledgeGap,
  RegressionQuestion,
} from '../health-contracts.ts';
import { findAsked, listAsked } from './asked-questions.ts';
import { guardedBy } from './guarded-by.ts';
import type { SqliteDatabase } from './open-database.ts';

const REPORT = 'knowledge_report';
const COUNTED = 'retrievals_counted';

interface GapRow extends Omit<KnowledgeGap, 'questions' | 'passages' | 'fromReply'> {
  fromReply: number;
  questions: string;
  passages: string;
}
const GAPS = `SELECT id, question, questions, asked, passages, draft, status, updated_at AS updatedAt,
  message_id IS NOT NULL AS fromReply FROM knowledge_gaps`;

export function createSqliteHealthStore(database: SqliteDatabase): HealthStore {
  const { guarded, write } = guardedBy(database);
  const setting = (name: string): string | null =>
    (database.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(name) as string | undefined) ??
    null;
  const now = (): string => new Date().toISOString();

  return {
    saveReport: (report) =>
      guarded(() => {
        database.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run(REPORT, JSON.stringify(report));
      }),
    readReport: () =>
      guarded(() => {
        const text = setting(REPORT);
        return text === null ? null : (JSON.parse(text) as HealthReport);
      }),
    listDismissals: () =>
      guarded(() =>
        (
          database.prepare('SELECT id, documents FROM dismissed_findings ORDER BY id').all() as {
            id: string;
            documents: string;
          }[]
        ).map(({ id, documents }) => ({ id, documents: JSON.parse(documents) as Dismissal['documents'] })),
      ),
    addDismissal: ({ id, documents }) =>
      write(() => {
        database
          .prepare('INSERT OR REPLACE INTO dismissed_findings VALUES (?, ?, ?)')
          .run(id, JSON.stringify(documents), now());
      }),
    takeBackDismissal: (id) =>
      write(() => database.prepare('DELETE FROM dismissed_findings WHERE id = ?').run(id).changes > 0),
    listUnanswered: (limit) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT asked.text AS question, asked.created_at AS askedAt FROM messages AS answered
               JOIN messages AS asked ON asked.sequence = (
                 SELECT max(sequence) FROM messages WHERE conversation_id = answered.conversation_id
                 AND role = 'customer' AND sequence < answered.sequence)
               WHERE answered.role = 'assistant' AND answered.answer ->> '$.outcome' = 'declined'
               ORDER BY answered.sequence DESC LIMIT ?`,
            )
            .all(limit) as { question: string; askedAt: string }[],
      ),
    saveGaps: (gaps) =>
      write(() => {
        database.prepare(`DELETE FROM knowledge_gaps WHERE status = 'open' AND message_id IS NULL`).run();
        const insert = database.prepare(
          `INSERT INTO knowledge_gaps (id, question, questions, asked, passages, draft, status, updated_at)
           VALUES (@id, @question, @questions, @asked, @passages, @draft, 'open', @at)
           ON CONFLICT (id) DO UPDATE SET questions = @questions, asked = @asked, passages = @passages,
             draft = @draft, status = 'open', updated_at = @at`,
        );
        for (const { id, question, questions, asked, passages, draft } of gaps) {
          insert.run({
            id,
            question,
            asked,
            draft,
            questions: JSON.stringify(questions),
            passages: JSON.stringify(passages),
            at: now(),
          });
        }
      }),
    listGaps: () =>
      guarded(() => (database.prepare(`${GAPS} ORDER BY asked DESC, id`).all() as GapRow[]).map(gapOf)),
    getGap: (id) =>
      guarded(() => {
        const row = database.prepare(`${GAPS} WHERE id = ?`).get(id) as GapRow | undefined;
        return row ? gapOf(row) : null;
      }),
    decideGap: (id, decision) =>
      write(() => {
        database
          .prepare('UPDATE knowledge_gaps SET status = ?, updated_at = ? WHERE id = ?')
          .run(decision.status, now(), id);
        if (decision.status === 'approved')
          database
            .prepare(
              `INSERT OR REPLACE INTO regression_questions
               SELECT question, ?, ? FROM knowledge_gaps WHERE id = ?`,
            )
            .run(decision.source, now(), id);
      }),
    listRegressionQuestions: () =>
      guarded(
        () =>
          database
            .prepare(
              'SELECT question, source, created_at AS createdAt FROM regression_questions ORDER BY createdAt',
            )
            .all() as RegressionQuestion[],
      ),
    addRegressionQuestion: (question, source) =>
      write(() => {
        database
          .prepare('INSERT OR REPLACE INTO regression_questions VALUES (?, ?, ?)')
          .run(question, source, now());
      }),
    removeRegressionQuestion: (question) =>
      write(
        () =>
          database.prepare('DELETE FROM regression_questions WHERE question = ?').run(question).changes > 0,
      ),
    listAsked: (options) => guarded(() => listAsked(database, options)),
    findAsked: (messageId) => guarded(() => findAsked(database, messageId)),
    addRetrievals: (counts, questions) =>
      write(() => {
        // Joined with the chunks: one that was removed meanwhile is counted no more.
        const add = database.prepare(
          `INSERT INTO retrieved_chunks SELECT id, ? FROM chunks WHERE id = ?
           ON CONFLICT (chunk_id) DO UPDATE SET times = times + excluded.times`,
        );
        for (const [chunkId, times] of counts) add.run(times, chunkId);
        database
          .prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)')
          .run(COUNTED, String(Number(setting(COUNTED) ?? 0) + questions));
      }),
    listNeverRetrieved: (limit) =>
      guarded(() => ({
        chunkIds: database
          .prepare(
            'SELECT id FROM chunks WHERE id NOT IN (SELECT chunk_id FROM retrieved_chunks) ORDER BY id LIMIT ?',
          )
          .pluck()
          .all(limit) as number[],
        questions: Number(setting(COUNTED) ?? 0),
      })),
  };
}

function gapOf({ questions, passages, fromReply, ...row }: GapRow): KnowledgeGap {
  return {
    ...row,
    fromReply: fromReply === 1,
    questions: JSON.parse(questions) as string[],
    passages: JSON.parse(passages) as KnowledgeGap['passages'],
  };
}
