import { throwIfCancelled } from '../errors.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import type { HealthStore, RegressionQuestion } from '../stores/health-contracts.ts';

/** The expected document must be among so many, 1…20: what a reader of the list still sees. */
export const TEST_PLACES = 5;

export interface TestResult extends RegressionQuestion {
  /** Null: the expected document is gone. */
  documentId: string | null;
  title: string | null;
  /** Of the document among those found, from 1; null where it was not found at all. */
  place: number | null;
  /** Within the first `TEST_PLACES`. */
  found: boolean;
}

export interface TestTools {
  health: Pick<HealthStore, 'listRegressionQuestions'>;
  knowledge: Pick<KnowledgeStore, 'findBySource'>;
  /** Ids of the documents whose passages are found, best passage first; one may come again. */
  search: (question: string, signal: AbortSignal) => Promise<readonly string[]>;
}

/** Asks every test question again, one after the other. @throws cancelled */
export async function runTestQuestions(
  { health, knowledge, search }: TestTools,
  signal: AbortSignal,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const test of await health.listRegressionQuestions()) {
    throwIfCancelled(signal);
    const document = await knowledge.findBySource(test.source);
    const found = [...new Set(await search(test.question, signal))];
    const place = document ? found.indexOf(document.id) + 1 : 0;
    results.push({
      ...test,
      documentId: document?.id ?? null,
      title: document?.title ?? null,
      place: place === 0 ? null : place,
      found: place > 0 && place <= TEST_PLACES,
    });
  }
  return results;
}
