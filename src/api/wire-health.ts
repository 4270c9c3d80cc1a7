import type { DuplicateGroup } from '../knowledge/near-duplicates.ts';
import type { AskedQuestion, HealthReport, KnowledgeGap, PassagePlace } from '../stores/health-contracts.ts';

/** The health of the knowledge as it goes over the wire: names in snake_case. */

export function wireReport({ checkedAt, questionsCounted, stale, ...report }: HealthReport) {
  return {
    ...report,
    checked_at: checkedAt,
    questions_counted: questionsCounted,
    stale: stale.map(({ documentId, updatedAt, ...rest }) => ({
      ...rest,
      document_id: documentId,
      updated_at: updatedAt,
    })),
    contradictions: report.contradictions.map(({ one, other, decidedBy, kind }) => ({
      kind,
      one: { ...wirePlace(one), quote: one.quote },
      other: { ...wirePlace(other), quote: other.quote },
      decided_by: decidedBy,
    })),
    duplicates: report.duplicates.map(({ one, other, ...rest }) => ({
      ...rest,
      one: wirePlace(one),
      other: wirePlace(other),
    })),
    orphans: report.orphans?.map(wirePlace) ?? null,
  };
}

export function wireDuplicates({ similarity, passages }: DuplicateGroup) {
  return {
    similarity: Math.round(similarity * 1000) / 1000,
    passages: passages.map((passage) => ({
      ...wirePlace({ ...passage, chunkId: passage.id }),
      text: passage.text,
    })),
  };
}

export function wireGap({ updatedAt, passages, fromReply, ...gap }: KnowledgeGap) {
  return {
    ...gap,
    passages: passages.map((passage) => ({ ...wirePlace(passage), text: passage.text })),
    updated_at: updatedAt,
    from_reply: fromReply,
  };
}

export function wireAsked({ messageId, askedAt, sequence: _, ...asked }: AskedQuestion) {
  return { ...asked, message_id: messageId, asked_at: askedAt };
}

function wirePlace({ chunkId, documentId, title, headingPath }: PassagePlace) {
  return { chunk_id: chunkId, document_id: documentId, title, heading_path: headingPath };
}
