import { AnswerboxError, throwIfCancelled } from '../../errors.ts';
import { resolveChildEntry } from '../../processes/child-entry.ts';
import { PARSE_LIMITS } from '../parse/parse-limits.ts';
import { ParseChild, type ProcessLimits } from './parse-child.ts';
import type { DocumentParser } from './parser-contracts.ts';

/** Processes at most; 1…4. The second one reads while the first is held up by a long file. */
const PROCESSES = 2;

/** Starts processes when files come, uses them again, and a new one for each that a file has ended. */
export function createDocumentParser(limits: ProcessLimits = PARSE_LIMITS): DocumentParser {
  let entry: Promise<string> | null = null;
  let isClosed = false;
  const idle: ParseChild[] = [];
  const busy = new Set<ParseChild>();
  const waiting: (() => void)[] = [];

  async function acquire(signal: AbortSignal | undefined): Promise<ParseChild> {
    entry ??= resolveChildEntry('./parse-process.ts', import.meta.url);
    const file = await entry;
    while (busy.size >= PROCESSES) await new Promise<void>((resolve) => waiting.push(resolve));
    throwIfCancelled(signal);
    if (isClosed) throw new AnswerboxError('cancelled', {}, new Error('the reader is closed'));
    let child = idle.pop();
    while (child?.isGone) child = idle.pop();
    child ??= new ParseChild(file, limits);
    busy.add(child);
    return child;
  }

  function release(child: ParseChild): void {
    busy.delete(child);
    if (child.isWorn) void child.close();
    else if (!child.isGone) idle.push(child);
    waiting.shift()?.();
  }

  return {
    async parse(file, signal) {
      throwIfCancelled(signal);
      const child = await acquire(signal);
      try {
        return await child.parse(file, signal);
      } finally {
        release(child);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...idle.splice(0), ...busy].map((child) => child.close()));
      for (const wake of waiting.splice(0)) wake();
    },
  };
}
