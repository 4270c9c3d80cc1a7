import { expect, it, onTestFinished } from 'vitest';
import { openPath } from '../testing/path-tools.ts';
import { RETRIEVAL } from './answer-settings.ts';
import type { HintFinder } from './retrieval-hints.ts';
import { searchForms } from './search-forms.ts';

async function openCrowd(hints: (documentId: string) => readonly HintFinder[]) {
  const { tools, write, close } = await openPath();
  onTestFinished(close);
  // More passages about tents than any search takes, and a long handbook of which none says "tent".
  for (let place = 0; place < RETRIEVAL.candidates + 5; place += 1)
    await write(`tent-${place}`, [`A tent for trips, model ${place}, stands in rain.`]);
  await write('handbook', ['Poles are joined first.', 'Pegs come last.', 'Seams are sealed in spring.']);
  const handbook = (await tools.knowledge.findBySource('handbook'))!.id;
  const found = async (filter = {}) => {
    const asked = { ...tools, retrievals: null, hints: hints(handbook) };
    return (await searchForms(['tent trips in rain'], asked, { filter })).fused;
  };
  return { tools, handbook, found };
}

const always = (documentId: string, similarity = 0.95): HintFinder => ({
  version: () => '1',
  find: async () => [{ documentId, similarity }],
});

it('a document that a hint names comes among the candidates, with its nearest passage', async () => {
  const without = await openCrowd(() => []);
  expect((await without.found()).some(({ chunk }) => chunk.documentId === without.handbook)).toBe(false);
  const { found, handbook } = await openCrowd((id) => [always(id)]);
  const own = (await found()).filter(({ chunk }) => chunk.documentId === handbook);
  expect(own).toHaveLength(1);
  expect(own[0]).toMatchObject({ bm25: null, vector: null });
  expect(own[0]!.fused.score).toBeGreaterThan(0.4);
});

it('what is disabled or gone is not followed, and a weak hint takes nothing away', async () => {
  const { found, handbook, tools } = await openCrowd((id) => [always('gone'), always(id, -1)]);
  const plain = (await found()).filter(({ chunk }) => chunk.documentId !== handbook);
  expect(plain[0]!.chunk.title).toMatch(/^tent-/);
  const excluded = await tools.knowledge.getDocumentChunks(handbook);
  const knowledge = { ...tools.knowledge, excludedChunks: async () => new Set(excluded.map(({ id }) => id)) };
  const asked = { ...tools, knowledge, retrievals: null, hints: [always(handbook)] };
  const { fused } = await searchForms(['tent trips in rain'], asked, {});
  expect(fused.some(({ chunk }) => chunk.documentId === handbook)).toBe(false);
});
