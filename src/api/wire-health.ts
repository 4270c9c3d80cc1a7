import type { DuplicateGroup } from '../knowledge/near-duplicates.ts';
import type { MarkedReport } from '../knowledge/findings.ts';
import type { AskedQuestion, KnowledgeGap, PassagePlace } from '../stores/health-contracts.ts';

/** The health of the knowledge as it goes over the wire: names in snake_case. */

/** @param showsDismissed findings that were dismissed are in it, too */
export function wireReport(
  { checkedAt, questionsCounted, stale, contradictions, duplicates, orphans, ...report }: MarkedReport,
  showsDismissed: boolean,
) {
  const all = [...stale, ...contradictions, ...duplicates, ...(orphans ?? [])];
  const shown = <Finding extends { dismissed: boolean }>(found: readonly Finding[]): Finding[] =>
    found.filter(({ dismissed }) => showsDismissed || !dismissed);
  return {
    ...report,
    checked_at: checkedAt,
    questions_counted: questionsCounted,
    dismissed: all.filter(({ dismissed }) => dismissed).length,
    stale: shown(stale).map(({ documentId, updatedAt, ...rest }) => ({
      ...rest,
      document_id: documentId,
      updated_at: updatedAt,
    })),
    contradictions: shown(contradictions).map(({ one, other, decidedBy, ...rest }) => ({
      ...rest,
      one: { ...wirePlace(one), quote: one.quote },
      other: { ...wirePlace(other), quote: other.quote },
      decided_by: decidedBy,
    })),
    duplicates: shown(duplicates).map(({ one, other, ...rest }) => ({
      ...rest,
      one: wirePlace(one),
      other: wirePlace(other),
    })),
    orphans:
      orphans &&
      shown(orphans).map(({ id, dismissed, ...place }) => ({ id, dismissed, ...wirePlace(place) })),
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
