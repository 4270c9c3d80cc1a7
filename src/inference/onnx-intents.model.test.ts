import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IntentReading } from './contracts.ts';
import { createModelHost, type ProcessModelHost } from './model-client.ts';
import { loadManifest } from './model-registry.ts';

const modelsDir = fileURLToPath(new URL('../../models', import.meta.url));
let host: ProcessModelHost;
beforeAll(async () => {
  host = createModelHost({ manifest: await loadManifest(modelsDir), generator: 'none' });
  await host.ready();
});
afterAll(() => host.close());

async function read(text: string): Promise<IntentReading> {
  const [vector] = await host.embedder.embed([text]);
  return host.intents.classify(vector!);
}

it.each([
  ['where is my order 4411?', 'order_status', 'question'],
  ['where is my order 4411', 'order_status', 'question'],
  ['I would like to speak to a human agent', 'speak_to_person', 'statement'],
  ['thank you very much', 'thanks', 'statement'],
  ['yes please', 'affirm', 'confirmation'],
  ['no, that is not right', 'deny', 'refusal'],
  ['will it rain in Lisbon tomorrow?', 'out_of_scope', 'question'],
])('reads "%s"', async (text, intent, act) => {
  expect(await read(text)).toMatchObject({
    intent,
    act,
    confidence: expect.toSatisfy((p: number) => p > 0.3),
  });
});

it('hears hurry and anger', async () => {
  const calm = await read('which colours does the bag come in?');
  const hasty = await read('I need this right now, it is an emergency');
  const angry = await read('this is ridiculous, worst service ever, I am furious');
  expect(hasty.urgency).toBeGreaterThan(calm.urgency + 0.4);
  expect(angry.frustration).toBeGreaterThan(calm.frustration + 0.4);
});

it('knows the intents of its card and stops when it is told to', async () => {
  const labels = JSON.parse(readFileSync(`${modelsDir}/intents/labels.json`, 'utf8'));
  expect(host.intents.intents).toEqual(labels.intents);
  const [vector] = await host.embedder.embed(['hello']);
  const cancelled = host.intents.classify(vector!, { signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
});
