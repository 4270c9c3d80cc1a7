import { expect, it, onTestFinished, vi } from 'vitest';
import type { ModelManifest } from '../inference/model-registry.ts';
import { waitFor } from '../testing/http-client.ts';
import { createDerivation, type DerivationParts } from './derive-in-background.ts';
import type { Opening } from './opening.ts';

it('tells why a change of the embedder stopped, tries it again, and lets everything else catch up', async () => {
  const closers: (() => void | Promise<void>)[] = [];
  const opening = { log: () => undefined, onClose: (close: () => Promise<void>) => void closers.push(close) };
  const ready = (): Promise<void> => Promise.reject(new Error('the file is damaged'));
  const openHost = vi.fn(() => ({ embedder: {}, ready, close: () => Promise.resolve() }));
  const summaries = { catchUp: vi.fn(() => Promise.resolve()) };
  const parts = {
    inference: { next: {} as ModelManifest, openHost },
    knowledge: {
      openIndex: () => ({}),
      vocabulary: { rebuild: () => Promise.resolve() },
      sentenceIndex: { catchUp: () => Promise.reject(new Error('no sentences')) },
      summaries,
      pictures: null,
    },
    refreshProducts: () => Promise.resolve(),
    retryMs: 5,
  };
  const derivation = createDerivation(opening as unknown as Opening, parts as unknown as DerivationParts);
  onTestFinished(async () => {
    for (const close of closers) await close();
  });
  expect(derivation.modelChange()).toEqual({ done: 0, total: 0, failure: null });
  derivation.start();
  await waitFor('another try', () => Promise.resolve(openHost.mock.calls.length > 2));
  expect(derivation.modelChange()).toEqual({ done: 0, total: 0, failure: 'the file is damaged' });
  expect(summaries.catchUp.mock.calls.length).toBeGreaterThan(1);
});
