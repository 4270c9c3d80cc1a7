import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check, type Diagnostics } from 'recheck';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { gatherPatterns, type WrittenPattern } from '../src/testing/gather-patterns.ts';
import { BOUNDED, COMPOSED_AT_LOAD, COMPOSED_LATER, HARMLESS } from '../src/testing/pattern-bounds.ts';

/*
 * Every regular expression of the product is judged by recheck. What it found of one does not change, so it is kept
 * beside this test; a new one is judged here. All that is not judged yet (the list in the record, and what is composed)
 * is judged and kept by
 *   PATTERNS=record npx vitest run --project plain scripts/patterns.test.ts
 */
vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 1_800_000 });

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RECORD = fileURLToPath(new URL('./pattern-verdicts.json', import.meta.url));
/** Steps of a backtracking engine that nobody notices: tens of milliseconds. */
const STEPS = 50_000_000;
/** Milliseconds for one expression by either method; both end nearly all sooner. */
const LIMIT_MS = 15_000;

interface Verdicts {
  /** Hashes of those that take a time in proportion to the text. */
  safe: string[];
  /** Expressions by the degree of the polynomial. */
  polynomial: Record<string, number>;
  undecided: string[];
  /** Hashes of those that wait for their first judgement. */
  waiting: string[];
}

const kept = JSON.parse(readFileSync(RECORD, 'utf8')) as Verdicts;
const gathered = gatherPatterns(ROOT, ['src', 'web']);
const all = new Map<string, WrittenPattern[]>();
const composed: WrittenPattern[] = [];

const nameOf = ({ source, flags }: WrittenPattern): string => `/${source}/${flags}`;
const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);
const isKept = (name: string): boolean =>
  kept.safe.includes(hashOf(name)) || name in kept.polynomial || kept.undecided.includes(name);

const records = process.env['PATTERNS'] === 'record';
/** Whether it may wait for a run that records. */
const mayWait = (name: string): boolean =>
  !records && (kept.waiting.includes(hashOf(name)) || composed.some((one) => nameOf(one) === name));

/** The expressions that our files put together when they are loaded, as they come out. */
async function gatherComposed(): Promise<void> {
  const RealRegExp = globalThis.RegExp;
  globalThis.RegExp = new Proxy(RealRegExp, {
    construct(target, parts: [string, string?], newTarget) {
      const expression = Reflect.construct(target, parts, newTarget) as RegExp;
      // The line that asked for it; libraries have others who look after them.
      const from = new Error().stack?.split('\n')[2] ?? '';
      const [, file, line] = /\/(src\/[^:?]+\.ts)(?:\?[^:]*)?:(\d+):\d+/.exec(from) ?? [];
      if (file !== undefined && !from.includes('node_modules'))
        composed.push({ file, line: Number(line), source: expression.source, flags: expression.flags });
      return expression;
    },
  });
  try {
    for (const file of COMPOSED_AT_LOAD) await import(`../${file}`);
  } finally {
    globalThis.RegExp = RealRegExp;
  }
}

/** 0: in proportion to the text; from 2: a polynomial; Infinity: exponential; null: not decided. */
async function degreeOf(source: string, flags: string): Promise<number | null> {
  const judge = (checker: 'auto' | 'fuzz'): Promise<Diagnostics> =>
    check(source, flags, { timeout: LIMIT_MS, randomSeed: 1, checker });
  let found = await judge('auto');
  if (found.status === 'unknown') found = await judge('fuzz');
  if (found.status === 'unknown') return null;
  if (found.status === 'safe') return 0;
  return found.complexity.type === 'polynomial' ? found.complexity.degree : Infinity;
}

function keep(name: string, degree: number | null): void {
  if (degree === 0) kept.safe.push(hashOf(name));
  else if (degree === null) kept.undecided.push(name);
  else if (degree < Infinity) kept.polynomial[name] = degree;
}

function writeRecord(): void {
  const known = [...all.keys()];
  const hashes = new Set(known.map(hashOf));
  const sorted: Verdicts = {
    safe: [...new Set(kept.safe)].filter((hash) => hashes.has(hash)).sort(),
    polynomial: Object.fromEntries(
      Object.entries(kept.polynomial)
        .filter(([name]) => all.has(name))
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    undecided: [...new Set(kept.undecided)].filter((name) => all.has(name)).sort(),
    waiting: kept.waiting.filter((hash) => known.some((name) => hashOf(name) === hash && !isKept(name))),
  };
  writeFileSync(RECORD, `${JSON.stringify(sorted, null, 2)}\n`);
}

const isHarmless = (name: string): boolean => HARMLESS.some(({ begins }) => name.startsWith(begins));

function isTooCostly(name: string, degree: number): boolean {
  if (isHarmless(name)) return false;
  return all.get(name)!.some(({ file }) => {
    const longest = BOUNDED.find(({ under }) => file.startsWith(under))?.characters ?? Infinity;
    return longest ** degree > STEPS;
  });
}

const placesOf = (name: string): string =>
  `${name} (${all
    .get(name)!
    .map(({ file, line }) => `${file}:${line}`)
    .join(', ')})`;

beforeAll(async () => {
  await gatherComposed();
  for (const one of [...gathered.patterns, ...composed]) {
    const name = nameOf(one);
    all.set(name, [...(all.get(name) ?? []), one]);
  }
});

describe('regular expressions', () => {
  it('none is new and exponential, or not judged yet', async () => {
    expect(all.size).toBeGreaterThan(600);
    for (const file of COMPOSED_AT_LOAD) expect(composed.map((one) => one.file)).toContain(file);
    const faults: string[] = [];
    const waiting = [...all].filter(([name]) => !isKept(name) && !mayWait(name));
    const lane = async (): Promise<void> => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const [name, [one]] = next;
        const degree = await degreeOf(one!.source, one!.flags);
        if (degree === Infinity) faults.push(`exponential: ${placesOf(name)}`);
        keep(name, degree);
        if (records) writeRecord();
      }
    };
    await Promise.all([lane(), lane()]);
    expect(faults).toEqual([]);
  });

  it('none is costly on the longest text that it sees', () => {
    const costly = Object.entries(kept.polynomial).filter(
      ([name, degree]) => all.has(name) && isTooCostly(name, degree),
    );
    expect(costly.map(([name, degree]) => `degree ${degree}: ${placesOf(name)}`)).toEqual([]);
    expect(kept.undecided.filter((name) => all.has(name) && !isHarmless(name))).toEqual([]);
    for (const { begins } of HARMLESS)
      expect(
        [...all.keys()].some((name) => name.startsWith(begins)),
        begins,
      ).toBe(true);
  });

  it('are put together in no file that is not on a list', () => {
    const files = [...new Set(gathered.composed.map(({ file }) => file))].sort();
    expect(files).toEqual([...new Set([...COMPOSED_AT_LOAD, ...Object.keys(COMPOSED_LATER)])].sort());
  });

  it('that do take for ever are told from those that do not', async () => {
    expect(await degreeOf('^(a+)+$', '')).toBe(Infinity);
    expect(await degreeOf('\\s+$', '')).toBe(2);
    expect(await degreeOf('^a+$', '')).toBe(0);
  });
});
