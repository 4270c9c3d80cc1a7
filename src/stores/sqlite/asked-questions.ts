import type { AskedQuestion } from '../health-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

interface Row extends Omit<AskedQuestion, 'documents' | 'tested'> {
  citations: string;
  tested: number;
}

const ASKED = `
  SELECT answered.sequence, answered.id AS messageId, asked.text AS question, asked.created_at AS askedAt,
    answered.answer ->> '$.outcome' AS outcome, answered.answer ->> '$.confidence' AS confidence,
    answered.answer ->> '$.intent.name' AS intent, coalesce(answered.answer -> '$.citations', '[]') AS citations,
    (SELECT rating FROM feedback WHERE message_id = answered.id) AS rating,
    EXISTS (SELECT 1 FROM regression_questions WHERE regression_questions.question = asked.text) AS tested
  FROM messages AS answered JOIN messages AS asked ON asked.sequence = (
    SELECT max(sequence) FROM messages WHERE conversation_id = answered.conversation_id
    AND role = 'customer' AND sequence < answered.sequence)
  WHERE answered.role = 'assistant' AND answered.answer IS NOT NULL`;

export function listAsked(
  database: SqliteDatabase,
  { limit, before, outcome }: { limit: number; before?: number; outcome?: string },
): AskedQuestion[] {
  const rows = database
    .prepare(
      `${ASKED} AND answered.sequence < @before AND (@outcome IS NULL OR answered.answer ->> '$.outcome' = @outcome)
       ORDER BY answered.sequence DESC LIMIT @limit`,
    )
    .all({ limit, before: before ?? Number.MAX_SAFE_INTEGER, outcome: outcome ?? null }) as Row[];
  return rows.map(askedOf);
}

export function findAsked(database: SqliteDatabase, messageId: string): AskedQuestion | null {
  const row = database.prepare(`${ASKED} AND answered.id = ?`).get(messageId) as Row | undefined;
  return row ? askedOf(row) : null;
}

function askedOf({ citations, tested, ...row }: Row): AskedQuestion {
  const cited = JSON.parse(citations) as { document_id: string; title: string }[];
  const documents = new Map(cited.map(({ document_id: id, title }) => [id, { id, title }]));
  return { ...row, documents: [...documents.values()], tested: tested === 1 };
}
