import type { Candidate } from '../answer/path-types.ts';
import type { SearchResult } from '../answer/search-knowledge.ts';
import type { WhyNot } from '../answer/why-not.ts';
import { pageAt } from '../text/page-at.ts';
import type { DocumentFilter, DocumentRecord } from '../stores/contracts.ts';

/** From what the stores hold to what goes over the wire: names in snake_case, nothing internal. */

export function wireDocument(document: DocumentRecord) {
  const {
    mediaType,
    createdAt,
    updatedAt,
    validFrom,
    validUntil,
    givenScope: _given,
    problems = [],
    disabled = false,
    ownText = null,
    ...rest
  } = document;
  return {
    ...rest,
    media_type: mediaType,
    valid_from: validFrom,
    valid_until: validUntil,
    owner: document.owner,
    created_at: createdAt,
    updated_at: updatedAt,
    problems: [...problems],
    enabled: !disabled,
    own_text: ownText,
  };
}

/** The reader's order first, then what it did not look at: by its nearest sentence where that was compared. */
export function wireSearch(
  { fused, compared, reranked, keywordsOnly, timings }: SearchResult,
  limit: number,
) {
  const read = new Map(reranked.map((passage) => [passage.chunk.id, passage]));
  const found = new Map<number, Candidate>();
  for (const candidate of [...reranked, ...compared, ...fused])
    if (!found.has(candidate.chunk.id)) found.set(candidate.chunk.id, candidate);
  const order = [...found.values()];
  return {
    results: order.slice(0, limit).map(({ chunk, bm25, vector, fused: fusion }) => {
      const passage = read.get(chunk.id);
      return {
        document_id: chunk.documentId,
        title: chunk.title,
        url: chunk.url,
        heading_path: chunk.headingPath,
        text: chunk.text,
        start: chunk.start,
        end: chunk.end,
        page: pageAt(chunk.pages, chunk.start) ?? null,
        last_page: chunk.pages?.at(-1)?.page ?? null,
        scores: {
          bm25,
          vector,
          fused: fusion,
          reranked: passage?.reranked ?? null,
          relevance: passage?.reading.relevance ?? null,
          answerable: passage?.reading.answerable ?? null,
        },
      };
    }),
    keywords_only: keywordsOnly,
    timings_ms: timings,
  };
}

export function wireWhyNot({ excludedBy, passage, fusedRank, rerankedRank, ...rest }: WhyNot) {
  return {
    ...rest,
    excluded_by: excludedBy,
    fused_rank: fusedRank,
    reranked_rank: rerankedRank,
    passage: passage && {
      heading_path: passage.headingPath,
      text: passage.text,
      start: passage.start,
      end: passage.end,
    },
  };
}

/** What search may look at: what holds now, unless the expired is asked for. */
export function searchFilter(
  { expired = false, ...filter }: DocumentFilter & { expired?: boolean },
  now: Date,
): DocumentFilter {
  return expired ? filter : { ...filter, at: now.toISOString() };
}
