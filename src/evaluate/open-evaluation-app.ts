import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CONFIDENCE_FILE } from '../answer/decide/fitted-confidence.ts';
import { openApp, type App } from '../app.ts';
import { loadConfig, type Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import type { FileOutcome, SourceFile } from '../ingest/ingest-types.ts';
import type { EvaluationDocument, EvaluationOptions } from './evaluation-types.ts';
import { readDocuments } from './read-documents.ts';
import { storedDocuments } from './stored-documents.ts';

/** An app of its own that holds the documents of an evaluation and nothing else. */
export interface EvaluationApp {
  app: App;
  /** The name that the questions use for a document of the app. */
  docIdOf: (documentId: string) => string | undefined;
  hasDocument: (docId: string) => boolean;
  documents: number;
  chunks: number;
  /** Seconds from the first document to the last one searchable. */
  indexSeconds: number;
}

/** The folder is temporary and gone after `work`, however that ends. @throws what `work` and the app throw */
export async function withEvaluationApp<Result>(
  options: EvaluationOptions,
  work: (evaluation: EvaluationApp) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-eval-'));
  try {
    const base = options.config ?? loadConfig().config;
    const config = { ...base, data_dir: folder, demo: false, stored_answers: false, handover_rules: false };
    // The owner's fit goes along with the owner's settings; everything else of the data folder stays where it is.
    const own = join(resolve(base.data_dir), CONFIDENCE_FILE);
    if (existsSync(own)) await copyFile(own, join(folder, CONFIDENCE_FILE));
    const app = await openApp(config, {
      ...(options.unchecked && { unchecked: true }),
      ...(options.signal && { signal: options.signal }),
      onProgress: (message) => options.onProgress?.(message, 0, 0),
    });
    try {
      return await work(await fillApp(app, options, base));
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillApp(app: App, options: EvaluationOptions, own: Config): Promise<EvaluationApp> {
  const { signal, onProgress, onWarning } = options;
  const documents = await collect(
    options.documents.length === 0
      ? storedDocuments(own)
      : readDocuments(options.documents, { signal, onWarning }),
  );
  const docIds = new Map(documents.map(({ docId, file }) => [file.source, docId]));
  const known = new Map<string, string>();
  const started = performance.now();
  let done = 0;
  for await (const outcome of app.ingest(filesOf(documents), signal ? { signal } : {})) {
    onProgress?.('Reading the documents', (done += 1), documents.length);
    note(outcome, docIds, known, onWarning);
  }
  // Searched as in a shop that has had its documents for a while.
  await app.summaries.settled();
  if (known.size === 0) {
    const path = options.documents.join(', ');
    throw new AnswerboxError('evaluation_file_invalid', {
      path,
      line: 0,
      reason: 'no document could be read',
    });
  }
  await app.indexSentences(signal);
  const indexSeconds = (performance.now() - started) / 1000;
  const present = new Set(known.values());
  const { chunks } = await app.knowledge.counts();
  return {
    app,
    chunks,
    indexSeconds,
    documents: known.size,
    docIdOf: (documentId) => known.get(documentId),
    hasDocument: (docId) => present.has(docId),
  };
}

function note(
  outcome: FileOutcome,
  docIds: ReadonlyMap<string, string>,
  known: Map<string, string>,
  onWarning: EvaluationOptions['onWarning'],
): void {
  if (outcome.status === 'failed') onWarning?.(outcome.message);
  else known.set(outcome.documentId, docIds.get(outcome.source) ?? outcome.source);
}

/** Says which documents the questions name and the app does not hold: each such question must fail. */
export function warnOfMissing(
  questions: readonly { docIds: readonly string[] }[],
  { hasDocument }: EvaluationApp,
  onWarning: EvaluationOptions['onWarning'],
): void {
  const missing = [...new Set(questions.flatMap(({ docIds }) => docIds))].filter(
    (docId) => !hasDocument(docId),
  );
  if (missing.length === 0) return;
  onWarning?.(
    `${missing.length} documents that questions name are not among the documents, e.g. "${missing[0]}".`,
  );
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function* filesOf(documents: readonly EvaluationDocument[]): AsyncGenerator<SourceFile> {
  for (const { file } of documents) yield file;
}
