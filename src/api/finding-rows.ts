import type { HealthStore, PassagePlace } from '../stores/health-contracts.ts';

/** What the last check of the documents found, a finding a row, whatever its kind; empty before the first check. */
export async function findingRows(
  health: Pick<HealthStore, 'readReport' | 'listGaps'>,
): Promise<Record<string, unknown>[]> {
  const report = await health.readReport();
  const gaps = await health.listGaps();
  const found = [
    ...(report?.stale ?? []).map(({ documentId, title, reason, quote, updatedAt }) =>
      row('stale', { document_id: documentId, title, detail: reason, text: quote, at: updatedAt }),
    ),
    ...(report?.contradictions ?? []).map(({ kind, one, other, decidedBy }) =>
      row('contradiction', {
        ...placed(one),
        text: one.quote,
        ...besides(other),
        other_text: other.quote,
        detail: `${kind}, ${decidedBy}`,
      }),
    ),
    ...(report?.duplicates ?? []).map(({ one, other, cosine, shared }) =>
      row('duplicate', { ...placed(one), ...besides(other), detail: `cosine ${cosine}, shared ${shared}` }),
    ),
    ...(report?.orphans ?? []).map((place) => row('orphan', placed(place))),
    ...gaps.map(({ question, asked, status, updatedAt }) =>
      row('gap', { text: question, detail: `${status}, asked ${asked}`, at: updatedAt }),
    ),
  ];
  return found;
}

function placed({ documentId, title, headingPath }: PassagePlace) {
  return { document_id: documentId, title, heading_path: headingPath };
}

function besides({ documentId, title, headingPath }: PassagePlace) {
  return { other_document_id: documentId, other_title: title, other_heading_path: headingPath };
}

function row(finding: string, more: Record<string, unknown>): Record<string, unknown> {
  const empty = {
    finding,
    document_id: null,
    title: null,
    heading_path: null,
    text: null,
    other_document_id: null,
    other_title: null,
    other_heading_path: null,
    other_text: null,
    detail: null,
    at: null,
  };
  return { ...empty, ...more };
}
