import type { Static } from '@sinclair/typebox';
import type { JOB_ITEM } from '../api/schemas/job-schema.ts';
import type { ReadFailure } from '../ingest/read-sources-walk.ts';

export interface IngestedFile {
  source: string;
  status: string;
  document_id?: string;
  code?: string;
  message?: string;
}

export interface IngestReport {
  readonly outcomes: readonly IngestedFile[];
  addItem(item: Static<typeof JOB_ITEM>): void;
  addFailure(failure: ReadFailure): void;
  /** Skipped and removed ones are counted where there are any. */
  counts(): { added: number; changed: number; unchanged: number; failed: number } & Record<string, number>;
  summary(): string;
}

/** One outcome a file, in the order in which they came; `note` is told of each that could not be read. */
export function createIngestReport(note: (message: string) => void): IngestReport {
  const outcomes: IngestedFile[] = [];
  const add = (outcome: IngestedFile): void => {
    outcomes.push(outcome);
    if (outcome.status === 'failed') note(`not read: ${outcome.message}`);
  };
  const report: IngestReport = {
    outcomes,
    addItem: ({ source, state, document_id, code, message }) =>
      add({
        source,
        status: state,
        ...(document_id !== null && { document_id }),
        ...(code !== null && { code }),
        ...(message !== null && { message }),
      }),
    addFailure: ({ source, error }) =>
      add({ source, status: 'failed', code: error.code, message: error.message }),
    counts: () => {
      const of = (status: string): number => outcomes.filter((outcome) => outcome.status === status).length;
      const rare = Object.fromEntries(
        ['removed', 'skipped', 'cancelled']
          .map((status) => [status, of(status)] as const)
          .filter(([, n]) => n > 0),
      );
      return {
        added: of('added'),
        changed: of('changed'),
        unchanged: of('unchanged'),
        failed: of('failed'),
        ...rare,
      };
    },
    summary: () =>
      Object.entries(report.counts())
        .map(([status, count]) => `${count} ${status}`)
        .join(', '),
  };
  return report;
}
