import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withEvaluationApp, type EvaluationApp } from '../src/evaluate/open-evaluation-app.ts';
import { readQuestions } from '../src/evaluate/read-questions.ts';
import type { BenchContext } from './bench-types.ts';

export const ROOT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url));
export const SHOP_DOCUMENTS = `${ROOT}/data/shop/documents`;
export const SHOP_QUESTIONS = `${ROOT}/data/shop/questions.tune.jsonl`;
export const SHOP_TEST_QUESTIONS = `${ROOT}/data/shop/questions.test.jsonl`;
export const CLI = `${ROOT}/dist/src/cli.js`;
export const FOREIGN_PASSAGES = `${ROOT}/bench/corpus/foreign.jsonl.gz`;

export async function shopQuestions(limit: number): Promise<string[]> {
  return (await readQuestions(SHOP_QUESTIONS, { limit })).map(({ text }) => text);
}

/** An app with the demo shop's documents, or others, in a temporary folder. */
export async function withBenchApp<Result>(
  documents: readonly string[],
  { signal }: BenchContext,
  work: (evaluation: EvaluationApp) => Promise<Result>,
): Promise<Result> {
  return withEvaluationApp({ documents, questions: SHOP_QUESTIONS, signal }, work);
}

/** Words to generate text from. */
export async function seedText(): Promise<string> {
  const { readSources } = await import('../src/ingest/read-sources.ts');
  const { parseDocument } = await import('../src/ingest/parse/parse-document.ts');
  const texts: string[] = [];
  for await (const file of readSources([SHOP_DOCUMENTS])) texts.push(parseDocument(file).text);
  return texts.join(' ');
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { version: string }).version;
}
