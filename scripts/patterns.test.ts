import { fileURLToPath } from 'node:url';
import { check, type Diagnostics } from 'recheck';
import { describe, expect, it, vi } from 'vitest';
import { gatherPatterns, type WrittenPattern } from '../src/testing/gather-patterns.ts';
import { BOUNDED, COMPOSED_AT_LOAD, COMPOSED_LATER, UNDECIDED } from '../src/testing/pattern-bounds.ts';

// Hundreds of expressions, some of which take the checker a second.
vi.setConfig({ testTimeout: 1_200_000 });

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Steps of a backtracking engine that nobody notices: tens of milliseconds. */
const STEPS = 50_000_000;
/** Milliseconds for one expression; the checker's own limits, which do not hang on time, come first for nearly all. */
const LIMIT_MS = 20_000;

const gathered = gatherPatterns(ROOT, ['src', 'web']);

/** The expressions that our files put together when they are loaded, as they come out. */
async function composedPatterns(): Promise<WrittenPattern[]> {
  const made: WrittenPattern[] = [];
  const RealRegExp = globalThis.RegExp;
  globalThis.RegExp = new Proxy(RealRegExp, {
    construct(target, parts: [string, string?], newTarget) {
      const expression = Reflect.construct(target, parts, newTarget) as RegExp;
      // The line that asked for it; libraries have others who look after them.
      const from = new Error().stack?.split('\n')[2] ?? '';
      const [, file, line] = /\/(src\/[^:?]+\.ts)(?:\?[^:]*)?:(\d+):\d+/.exec(from) ?? [];
      if (file !== undefined && !from.includes('node_modules'))
        made.push({ file, line: Number(line), source: expression.source, flags: expression.flags });
      return expression;
    },
  });
  try {
    for (const file of COMPOSED_AT_LOAD) await import(`../${file}`);
  } finally {
    globalThis.RegExp = RealRegExp;
  }
  return made;
}

/** What is wrong with an expression, in words; null when nothing is, or its input is too short to matter. */
async function faultOf(patterns: readonly WrittenPattern[]): Promise<string | null> {
  const { source, flags } = patterns[0]!;
  const found: Diagnostics = await check(source, flags, { timeout: LIMIT_MS, randomSeed: 1 });
  const where = patterns.map(({ file, line }) => `${file}:${line}`).join(', ');
  const name = `/${source}/${flags} (${where})`;
  if (found.status === 'safe') return null;
  if (found.status === 'unknown')
    return UNDECIDED.some((one) => one.source === source) ? null : `${name}: ${found.error.kind}`;
  const { complexity, attack } = found;
  const reason = `${name}: ${complexity.summary}, ${attack.pattern.slice(0, 200)}`;
  if (complexity.type === 'exponential') return reason;
  const unbounded = patterns.filter(({ file }) => {
    const longest = BOUNDED.find(({ under }) => file.startsWith(under))?.characters ?? Infinity;
    return longest ** complexity.degree > STEPS;
  });
  return unbounded.length === 0 ? null : reason;
}

describe('regular expressions', () => {
  it('none takes for ever on a text that somebody sends', async () => {
    const all = new Map<string, WrittenPattern[]>();
    const composed = await composedPatterns();
    for (const file of COMPOSED_AT_LOAD) expect(composed.map((one) => one.file)).toContain(file);
    for (const one of [...gathered.patterns, ...composed]) {
      const key = `${one.source}/${one.flags}`;
      all.set(key, [...(all.get(key) ?? []), one]);
    }
    expect(all.size).toBeGreaterThan(600);
    const faults: string[] = [];
    const waiting = [...all.values()];
    const lane = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const fault = await faultOf(next);
        if (fault !== null) faults.push(fault);
      }
    };
    await Promise.all([lane(), lane()]);
    expect(faults.sort()).toEqual([]);
  });

  it('are put together in no file that is not on a list', () => {
    const files = [...new Set(gathered.composed.map(({ file }) => file))].sort();
    expect(files).toEqual([...new Set([...COMPOSED_AT_LOAD, ...Object.keys(COMPOSED_LATER)])].sort());
  });

  it('that do take for ever are found', async () => {
    expect(await faultOf([{ file: 'src/a.ts', line: 1, source: '^(a+)+$', flags: '' }])).toContain(
      'exponential',
    );
    expect(await faultOf([{ file: 'src/a.ts', line: 1, source: '\\s+$', flags: '' }])).toContain(
      'polynomial',
    );
    expect(await faultOf([{ file: 'src/a.ts', line: 1, source: '^a+$', flags: '' }])).toBeNull();
  });
});
