import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StatementPair, Verifier } from './contracts.ts';
import { createModelHost, type ProcessModelHost } from './model-client.ts';
import { loadManifest } from './model-registry.ts';

let host: ProcessModelHost;
let verifier: Verifier;
beforeAll(async () => {
  const manifest = await loadManifest(fileURLToPath(new URL('../../models', import.meta.url)));
  host = createModelHost({ manifest, generator: 'none' });
  expect(host.verifier, 'the shipped manifest lists a verifier').not.toBeNull();
  verifier = host.verifier!;
  await host.ready();
});
afterAll(() => host.close());

const RETURNS =
  'Returns > Shoes: You can return unworn shoes within 60 days of delivery. Sale items cannot be returned. ' +
  'We refund the price within 5 working days.';
const pair = (statement: string, evidence = RETURNS): StatementPair => ({ statement, evidence });
const verify = async (...pairs: StatementPair[]): Promise<number[]> => verifier.verify(pairs);

test.each([
  ['You can return unworn shoes within 60 days of delivery.', 'within 60 days', 'within 30 days'],
  ['We refund the price within 5 working days.', '5 working days', '5 weeks'],
  ['Sale items cannot be returned.', 'cannot', 'can'],
])('trusts a copy more than the same with something changed: %s', async (statement, from, to) => {
  const [copied, changed] = await verify(pair(statement), pair(statement.replace(from, to)));
  expect(copied).toBeGreaterThan(changed!);
  expect(copied).toBeGreaterThan(0.5);
});

test('does not take the answer to another question for held', async () => {
  const statement = 'Standard delivery within Germany costs €4.90.';
  const [held, other] = await verify(pair(statement, `Delivery: ${statement}`), pair(statement));
  expect(held).toBeGreaterThan(other!);
  expect(other).toBeLessThan(0.5);
});

test('probabilities come in the order of the pairs, however long these are and however many', async () => {
  const pairs = Array.from({ length: 45 }, (_, index) =>
    pair(
      `You can return shoes within ${index} days.`,
      `Returns: ${'Read this. '.repeat((index * 7) % 45)}${RETURNS}`,
    ),
  );
  const probabilities = await verify(...pairs);
  expect(probabilities).toHaveLength(pairs.length);
  for (const probability of probabilities) expect(probability >= 0 && probability <= 1).toBe(true);
  for (const index of [0, 19, 20, 44]) {
    const [alone] = await verify(pairs[index]!);
    expect(probabilities[index]).toBeCloseTo(alone!, 5);
  }
  expect(new Set(probabilities).size).toBeGreaterThan(20);
  expect(await verify()).toEqual([]);
});

test('reads what fits of two thousand characters of evidence, and of a statement as long', async () => {
  const evidence = `${RETURNS} ${'Our workshop mends tents and boots all year round. '.repeat(40)}`;
  expect(evidence.length).toBeGreaterThan(2_000);
  const statement = 'You can return unworn shoes within 60 days of delivery.';
  const [held, changed] = await verify(
    pair(statement, evidence),
    pair(statement.replace('60', '14'), evidence),
  );
  expect(held).toBeGreaterThan(changed!);
  const [long] = await verify(pair(evidence, evidence));
  expect(long! >= 0 && long! <= 1).toBe(true);
});

test('an abort ends it, and the next call is answered', async () => {
  const stop = new AbortController();
  const many = new Array<StatementPair>(2_000).fill(pair('Shoes can be returned.', `${RETURNS} `.repeat(8)));
  const work = verifier.verify(many, { signal: stop.signal });
  setTimeout(() => stop.abort(), 300);
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  await expect(verifier.verify([pair('Late.')], { signal: stop.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(await verify(pair('Sale items cannot be returned.'))).toHaveLength(1);
});

test('a question’s statement is verified while a text is embedded for ingest', async () => {
  const ingest = host.embedder.embed(new Array<string>(100).fill(RETURNS), { priority: 'ingest' });
  let ingested = false;
  void ingest.then(() => (ingested = true));
  await verify(pair('Sale items cannot be returned.'));
  expect(ingested).toBe(false);
  await ingest;
});
