import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { testConfig } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { evaluateGrounding } from './grounding.ts';

const EVIDENCE = 'You can return unworn shoes within 60 days. Sale items cannot be returned.';
const PAIRS = [
  { statement: 'Sale items cannot be returned.', evidence: EVIDENCE, held: true, kind: 'verbatim' },
  { statement: 'Unworn shoes can be returned within 60 days.', evidence: EVIDENCE, held: true },
  {
    statement: 'Unworn shoes can be returned within 30 days.',
    evidence: EVIDENCE,
    held: false,
    kind: 'number',
  },
  { statement: 'Sale items can be returned.', evidence: EVIDENCE, held: false, kind: 'negation' },
];

it('measures the three judges side by side, and writes what they said of each pair', async () => {
  const folder = temporaryFolder();
  const [pairs, out] = [join(folder, 'pairs.jsonl.gz'), join(folder, 'out.jsonl')];
  writeFileSync(pairs, gzipSync(PAIRS.map((pair) => JSON.stringify(pair)).join('\n')));
  const report = await evaluateGrounding({ pairs, out, config: testConfig(folder) });
  expect(report).toMatchObject({ pairs: 4, held: 2, unsupported: 2, verifier_model: expect.any(String) });
  const { check, verifier, both } = report.judges;
  expect(check).toMatchObject({ balanced_accuracy: 1, f1: 1, auc: 1 });
  for (const judge of [verifier, both]) {
    expect(Object.keys(judge!.kinds)).toEqual(['held', 'negation', 'number', 'verbatim']);
    expect(judge!.p95_ms).toBeGreaterThan(0);
  }
  // What the check refuses stays refused, and a copy stays held, whatever the verifier says.
  expect(both!.kinds).toMatchObject({ number: { right: 1 }, negation: { right: 1 }, verbatim: { right: 1 } });
  const lines = readFileSync(out, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).statement)).toEqual(PAIRS.map(({ statement }) => statement));
  expect(JSON.parse(lines[3]!)).toMatchObject({ check: false, probability: expect.any(Number) });
});

it('names the line that is no pair, and a file without any', async () => {
  const folder = temporaryFolder();
  const pairs = join(folder, 'pairs.jsonl');
  writeFileSync(pairs, `${JSON.stringify(PAIRS[0])}\n{"statement":"A.","evidence":"B.","held":"yes"}\n`);
  const config = testConfig(folder);
  await expect(evaluateGrounding({ pairs, config })).rejects.toMatchObject({
    code: 'evaluation_file_invalid',
    message: expect.stringMatching(/line 2: "held"/),
  });
  writeFileSync(pairs, '\n');
  await expect(evaluateGrounding({ pairs, config })).rejects.toMatchObject({
    code: 'evaluation_file_invalid',
  });
});
