import { expect, it, onTestFinished, vi } from 'vitest';
import { createSummaries } from '../ingest/summaries/summaries.ts';
import { createSqliteSummaryStore } from '../stores/sqlite/summary-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { openPath } from '../testing/path-tools.ts';
import { RETRIEVAL } from './answer-settings.ts';
import type { HintFinder } from './retrieval-hints.ts';
import { searchForms } from './search-forms.ts';

vi.setConfig({ testTimeout: 120_000 });

const PARTS = ['poles', 'pegs', 'seams', 'guylines'];
const ASKED = 'poles, pegs, seams and guylines';

/** More pages that say two of the four words than any search takes, and a handbook whose passages say one each. */
async function openCrowd() {
  const { tools, write, close, folder } = await openPath();
  onTestFinished(close);
  for (let place = 0; place < RETRIEVAL.candidates + 8; place += 1) {
    const [one, other] = [PARTS[place % 4], PARTS[(place + 1 + (place % 3)) % 4]];
    await write(`page-${place}`, [`On ${one} there is more than on ${other}.`]);
  }
  const passages = ['Here all is explained.', 'Ask us first.', ...PARTS.map((part) => `Mind the ${part}.`)];
  await write('handbook', passages);
  const handbook = (await tools.knowledge.findBySource('handbook'))!;
  const found = async (hints: readonly HintFinder[], knowledge = tools.knowledge) => {
    const { fused } = await searchForms([ASKED], { ...tools, knowledge, retrievals: null, hints }, {});
    return fused.filter(({ chunk }) => chunk.documentId === handbook.id);
  };
  return { tools, folder, handbook, found };
}

const naming = (documentId: string, similarity: number): HintFinder => ({
  version: () => '1',
  find: async () => [{ documentId, similarity }],
});

it('a long document comes among the candidates by its summary, with its nearest passage', async () => {
  const { tools, folder, handbook, found } = await openCrowd();
  const database = openDatabase(`${folder}/answerbox.sqlite`);
  onTestFinished(() => void database.close());
  const summaries = createSummaries({
    store: createSqliteSummaryStore(database),
    knowledge: tools.knowledge,
    embedder: tools.models.embedder,
    tokens: tools.tokens,
    log: (_, message) => expect.unreachable(message),
  });
  onTestFinished(() => summaries.close());
  expect(await found([summaries])).toEqual([]);
  await summaries.catchUp();
  const [own, ...others] = await found([summaries]);
  expect(others).toEqual([]);
  expect(own).toMatchObject({ bm25: null, vector: null });
  expect(PARTS.some((part) => own!.chunk.text.includes(part))).toBe(true);

  // What is disabled is not followed; a hint to what is gone, or a weak one, takes nothing away.
  const chunks = await tools.knowledge.getDocumentChunks(handbook.id);
  const disabled = async () => new Set(chunks.map(({ id }) => id));
  expect(await found([summaries], { ...tools.knowledge, excludedChunks: disabled })).toEqual([]);
  const weak = (await found([naming('gone', 1), naming(handbook.id, -1)]))[0]!;
  expect(weak.fused.score).toBeLessThan(own!.fused.score);
});
