import type { DocumentRecord } from '../stores/contracts.ts';
import type {
  Contradiction,
  DuplicatePassage,
  HealthReport,
  OrphanPassage,
  StaleDocument,
} from '../stores/health-contracts.ts';
import { sharedWords } from './compare-sentences.ts';
import { decidePairs, suspiciousPairs, type SentencePair } from './find-contradictions.ts';
import { findGaps } from './find-gaps.ts';
import { openFirst, readDismissed } from './findings.ts';
import { findStale } from './find-stale.ts';
import { HEALTH } from './health-settings.ts';
import { hiddenPassages, placeOf, relatedPassages, rest, type HealthTools } from './health-tools.ts';

export type HealthStep = 'stale' | 'passages' | 'contradictions' | 'orphans' | 'gaps';

/**
 * stale → related passages (duplicates, suspicious sentences) → contradictions → orphans → gaps, in slices behind
 * questions. The report and the gaps are stored at the end; a stopped check leaves those of the last one.
 * @throws cancelled
 */
export async function checkHealth(
  tools: HealthTools,
  signal: AbortSignal,
  onStep: (step: HealthStep) => void = () => undefined,
): Promise<HealthReport> {
  const started = performance.now();
  const { documents, chunks } = await tools.knowledge.counts();
  const dismissed = await readDismissed(tools);
  onStep('stale');
  const stale = openFirst('stale', await staleDocuments(tools, signal), dismissed);
  onStep('passages');
  const duplicates: DuplicatePassage[] = [];
  const suspicious: SentencePair[] = [];
  const templates = new Map<string, number>();
  for await (const related of relatedPassages(tools, signal)) {
    const shared = sharedWords(related.one.text, related.other.text);
    if (related.cosine >= HEALTH.duplicateCosine && shared >= HEALTH.duplicateShared)
      duplicates.push({
        one: placeOf(related.one),
        other: placeOf(related.other),
        cosine: rounded(related.cosine),
        shared: rounded(shared),
      });
    for (const pair of suspiciousPairs(related, tools.verifier !== null)) {
      const known = templates.get(pair.template) ?? 0;
      templates.set(pair.template, known + 1);
      if (known < HEALTH.pairsOfTemplate && suspicious.length < HEALTH.mostPairs) suspicious.push(pair);
    }
  }
  onStep('contradictions');
  const contradictions: Contradiction[] = [];
  suspicious.sort((a, b) => b.difference.shared - a.difference.shared);
  for (let from = 0; from < suspicious.length; from += HEALTH.pairsOfSlice) {
    await rest(tools, signal);
    contradictions.push(
      ...(await decidePairs(suspicious.slice(from, from + HEALTH.pairsOfSlice), tools, signal)),
    );
  }
  onStep('orphans');
  const { orphans, questions } = await orphanPassages(tools, dismissed);
  onStep('gaps');
  const gaps = await findGaps(tools, signal);
  await tools.health.saveGaps(gaps);
  const report: HealthReport = {
    checkedAt: tools.now().toISOString(),
    seconds: Math.round(performance.now() - started) / 1000,
    documents,
    passages: chunks,
    stale: stale.slice(0, HEALTH.mostListed),
    contradictions: openFirst('contradictions', contradictions, dismissed).slice(0, HEALTH.mostListed),
    duplicates: openFirst('duplicates', duplicates, dismissed).slice(0, HEALTH.mostListed),
    orphans,
    questionsCounted: questions,
    gaps: gaps.length,
  };
  await tools.health.saveReport(report);
  return report;
}

async function staleDocuments(tools: HealthTools, signal: AbortSignal): Promise<StaleDocument[]> {
  const found: StaleDocument[] = [];
  for (let after = ''; ;) {
    await rest(tools, signal);
    const page = await tools.knowledge.listDocuments({ limit: 50, after });
    if (page.length === 0) return found;
    for (const document of page.filter((one) => isInForce(one, tools.now())))
      found.push(...findStale(document, (await tools.knowledge.getText(document.id)) ?? '', tools.now()));
    after = page.at(-1)!.source;
  }
}

/** It is not switched off, and these are its days. */
function isInForce({ disabled, validFrom, validUntil }: DocumentRecord, now: Date): boolean {
  const at = now.toISOString();
  return !disabled && (validFrom === null || validFrom <= at) && (validUntil === null || validUntil > at);
}

async function orphanPassages(
  tools: HealthTools,
  dismissed: ReadonlySet<string>,
): Promise<{ orphans: OrphanPassage[] | null; questions: number }> {
  const { health, knowledge } = tools;
  const hidden = await hiddenPassages(tools);
  const most = HEALTH.mostListed + dismissed.size + hidden.size;
  const { chunkIds, questions } = await health.listNeverRetrieved(most);
  if (questions < HEALTH.leastQuestions) return { orphans: null, questions };
  const orphans = (await knowledge.getChunks(chunkIds.filter((id) => !hidden.has(id)))).map(placeOf);
  return { orphans: openFirst('orphans', orphans, dismissed).slice(0, HEALTH.mostListed), questions };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
