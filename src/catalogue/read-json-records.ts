import { setImmediate as nextTurn } from 'node:timers/promises';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { TABLE_IMPORT } from './import-settings.ts';
import { RowProblem, type SourceRecord } from './import-types.ts';

/** Names under which others wrap the list: {"products": […]}. */
const WRAPPERS = ['products', 'orders', 'items', 'rows', 'data', 'results'];

/**
 * Entries of a JSON list, or of JSON Lines. What is no object, or no JSON on its line, comes as a problem.
 * @throws table_broken, table_not_a_list
 */
export async function* readJsonRecords(
  texts: AsyncIterable<string>,
  source: string,
): AsyncGenerator<SourceRecord | { line: number; problem: RowProblem }> {
  let text = '';
  for await (const part of texts) text += part;
  const lines = hasLines(text) ? text.split('\n') : null;
  const entries: readonly unknown[] = lines ?? listIn(text, source);
  for (const [place, entry] of entries.entries()) {
    if (place % TABLE_IMPORT.sampleRecords === 0) await nextTurn();
    const line = place + 1;
    if (lines !== null && (entry as string).trim() === '') continue;
    try {
      yield recordOf(lines === null ? entry : parseLine(entry as string), line);
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      yield { line, problem: error };
    }
  }
}

/** One object a line: the first line is complete, and it is not alone. */
function hasLines(text: string): boolean {
  const end = text.trimStart().indexOf('\n');
  const first = end === -1 ? '' : text.trimStart().slice(0, end).trim();
  if (!first.startsWith('{') || !first.endsWith('}') || text.trimStart().slice(end).trim() === '')
    return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

function listIn(text: string, source: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new AnswerboxError('table_broken', { source, line: 1, reason: reasonOf(error) }, error);
  }
  if (Array.isArray(parsed)) return parsed;
  const wrapped = WRAPPERS.map((name) => (parsed as Record<string, unknown> | null)?.[name]);
  const lists = wrapped.filter((value) => Array.isArray(value));
  if (lists.length === 1) return lists[0] as unknown[];
  throw new AnswerboxError('table_not_a_list', { source });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new RowProblem(`it is not JSON (${reasonOf(error)})`);
  }
}

function recordOf(entry: unknown, line: number): SourceRecord {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw new RowProblem('it is not an object');
  return { line, names: Object.keys(entry), values: Object.values(entry) };
}
