import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { classifyOwnIntent } from './classify-own-intent.ts';
import { fitOwnIntents, type EmbeddedExample } from './fit-own-intents.ts';
import type { OwnIntentModel } from './intents-types.ts';
import { loadOwnIntents, ownIntentsPath, saveOwnIntents } from './own-intents-file.ts';
import { seededRandom } from './random.ts';

/** Unit vectors [8] around an axis of their own; the texts share no words between labels. */
const AXES = { delivery: 0, refund: 1, oos: 2 };
const random = seededRandom(9);
function near(axis: number): Float32Array {
  const vector = Float32Array.from({ length: 8 }, (_, at) => (at === axis ? 1 : 0) + (random() - 0.5) * 0.4);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
const EXAMPLES = Object.entries(AXES).flatMap(([label, axis]): EmbeddedExample[] =>
  Array.from({ length: 12 }, (_, place) => ({ label, text: `${label} ${place}`, vector: near(axis) })),
);
const fit = (signal?: AbortSignal): Promise<OwnIntentModel> =>
  fitOwnIntents(EXAMPLES, { embedder: 'one@1', oosFrom: 'file', signal });

/** All numbers as bytes: comparing a hundred thousand one by one takes seconds. */
const bytesOf = ({ hyperplanes, rarity, neighbours, ...rest }: OwnIntentModel): unknown => ({
  ...rest,
  trainedAt: null,
  bytes: [hyperplanes.dense, hyperplanes.lexical, rarity, ...neighbours].map((part) =>
    createHash('sha256').update(part).digest('hex'),
  ),
});

it('tells intents apart, and what is none of them', async () => {
  const model = await fit();
  expect(model.intents).toEqual([
    { name: 'delivery', examples: 12 },
    { name: 'refund', examples: 12 },
  ]);
  expect(model).toMatchObject({ oosExamples: 12, figures: { in_scope_accuracy: 1, oos_recall: 1 } });
  for (const [label, axis] of Object.entries(AXES)) {
    const found = classifyOwnIntent('words it has never seen', near(axis), model);
    expect(found.intent).toBe(label);
    expect(found.confidence).toBeGreaterThan(0.5);
  }
});

it('gives the same model twice', async () => {
  const [one, other] = [await fit(), await fit()];
  expect(bytesOf(other)).toEqual(bytesOf(one));
});

it('stops when it is cancelled', async () => {
  await expect(fit(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
});

it('comes back from its file as it went in', async () => {
  const path = ownIntentsPath(temporaryFolder());
  expect(await loadOwnIntents(path, 'one@1')).toBeNull();
  const model = await fit();
  await saveOwnIntents(path, model);
  const loaded = (await loadOwnIntents(path, 'one@1'))!;
  expect(bytesOf(loaded)).toEqual(bytesOf(model));
  expect(loaded.trainedAt).toBe(model.trainedAt);
  await expect(loadOwnIntents(path, 'two@2')).rejects.toMatchObject({ code: 'intents_stale' });
  expect((await loadOwnIntents(path))?.embedder).toBe('one@1');
});

it('notices one flipped byte and a torn end', async () => {
  const path = ownIntentsPath(temporaryFolder());
  await saveOwnIntents(path, await fit());
  const whole = readFileSync(path);
  const flipped = Buffer.from(whole);
  flipped[whole.length - 7]! ^= 1;
  for (const content of [flipped, whole.subarray(0, whole.length - 100), Buffer.from('{}')]) {
    writeFileSync(path, content);
    await expect(loadOwnIntents(path)).rejects.toMatchObject({ code: 'intents_damaged' });
  }
});

it('says why it could not be stored', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'intents'), 'a file in its way');
  await expect(saveOwnIntents(ownIntentsPath(folder), await fit())).rejects.toMatchObject({
    code: 'storage_failed',
  });
});
