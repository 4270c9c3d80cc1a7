import { createHash } from 'node:crypto';
import { AnswerboxError } from '../errors.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import type {
  Contradiction,
  DuplicatePassage,
  HealthReport,
  HealthStore,
  OrphanPassage,
  StaleDocument,
} from '../stores/health-contracts.ts';

/** What a finding is known by from one check to the next, and the documents that it rests on. */
interface Identity {
  id: string;
  documentIds: readonly string[];
}

/** A finding as it is shown. */
export type Marked<Finding> = Finding & { id: string; dismissed: boolean };

export interface MarkedReport extends Omit<
  HealthReport,
  'stale' | 'contradictions' | 'duplicates' | 'orphans'
> {
  stale: Marked<StaleDocument>[];
  contradictions: Marked<Contradiction>[];
  duplicates: Marked<DuplicatePassage>[];
  orphans: Marked<OrphanPassage>[] | null;
}

const identity = (
  documentIds: readonly string[],
  ...parts: readonly (string | number | null)[]
): Identity => ({
  id: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24),
  documentIds: [...new Set(documentIds)].sort(),
});

/** Passages keep their numbers as long as their words; which of two comes first is no matter. */
const IDENTIFY = {
  stale: ({ documentId, reason, quote }: StaleDocument) =>
    identity([documentId], 'stale', documentId, reason, quote),
  contradictions: ({ one, other }: Contradiction) =>
    identity(
      [one.documentId, other.documentId],
      'contradiction',
      ...[`${one.documentId} ${one.quote}`, `${other.documentId} ${other.quote}`].sort(),
    ),
  duplicates: ({ one, other }: DuplicatePassage) =>
    identity(
      [one.documentId, other.documentId],
      'duplicate',
      Math.min(one.chunkId, other.chunkId),
      Math.max(one.chunkId, other.chunkId),
    ),
  orphans: ({ documentId, chunkId }: OrphanPassage) => identity([documentId], 'orphan', chunkId),
};

interface Stores {
  health: HealthStore;
  knowledge: Pick<KnowledgeStore, 'getDocument'>;
}

/** Ids of findings that were dismissed, and whose documents are what they were then. */
export async function readDismissed({ health, knowledge }: Stores): Promise<ReadonlySet<string>> {
  const inForce = new Set<string>();
  for (const { id, documents } of await health.listDismissals()) {
    const now = await stampsOf(Object.keys(documents), knowledge);
    if (Object.entries(documents).every(([document, stamp]) => now[document] === stamp)) inForce.add(id);
  }
  return inForce;
}

/** What each finding is called, and whether it was dismissed; those that were come last. */
export function markReport(report: HealthReport, dismissed: ReadonlySet<string>): MarkedReport {
  const mark = <Finding extends object>(found: readonly Finding[], of: (one: Finding) => Identity) =>
    found
      .map((one) => ({ ...one, id: of(one).id, dismissed: dismissed.has(of(one).id) }))
      .sort((one, other) => Number(one.dismissed) - Number(other.dismissed));
  return {
    ...report,
    stale: mark(report.stale, IDENTIFY.stale),
    contradictions: mark(report.contradictions, IDENTIFY.contradictions),
    duplicates: mark(report.duplicates, IDENTIFY.duplicates),
    orphans: report.orphans && mark(report.orphans, IDENTIFY.orphans),
  };
}

/** So that what was dismissed takes no place from what was not. */
export function openFirst<Kind extends keyof typeof IDENTIFY>(
  kind: Kind,
  found: readonly Parameters<(typeof IDENTIFY)[Kind]>[0][],
  dismissed: ReadonlySet<string>,
): Parameters<(typeof IDENTIFY)[Kind]>[0][] {
  const identify = IDENTIFY[kind] as (one: (typeof found)[number]) => Identity;
  const isDismissed = (one: (typeof found)[number]): boolean => dismissed.has(identify(one).id);
  return [...found.filter((one) => !isDismissed(one)), ...found.filter(isDismissed)];
}

/**
 * Dismisses a finding of the last report until one of its documents changes, or takes that back.
 * @throws finding_not_found
 */
export async function dismissFinding(
  id: string,
  isDismissed: boolean,
  { health, knowledge }: Stores,
): Promise<void> {
  if (!isDismissed) {
    if (!(await health.takeBackDismissal(id))) throw new AnswerboxError('finding_not_found', { id });
    return;
  }
  const report = await health.readReport();
  const found = report && identitiesOf(report).find((one) => one.id === id);
  if (!found) throw new AnswerboxError('finding_not_found', { id });
  await health.addDismissal({ id, documents: await stampsOf(found.documentIds, knowledge) });
}

function identitiesOf({ stale, contradictions, duplicates, orphans }: HealthReport): Identity[] {
  return [
    ...stale.map(IDENTIFY.stale),
    ...contradictions.map(IDENTIFY.contradictions),
    ...duplicates.map(IDENTIFY.duplicates),
    ...(orphans ?? []).map(IDENTIFY.orphans),
  ];
}

/** When each document changed last; '' for one that is gone. */
async function stampsOf(
  ids: readonly string[],
  knowledge: Stores['knowledge'],
): Promise<Record<string, string>> {
  const stamps: Record<string, string> = {};
  for (const id of ids) stamps[id] = (await knowledge.getDocument(id))?.updatedAt ?? '';
  return stamps;
}
