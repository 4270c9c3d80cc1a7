import { expect, it, onTestFinished, vi } from 'vitest';
import { createSqliteSummaryStore } from '../../stores/sqlite/summary-store.ts';
import { openKnowledgeTools, vectorOfText } from '../../testing/knowledge-tools.ts';
import { syntheticDocument } from '../../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { passageText } from '../../text/passage-text.ts';
import { createSummaries } from './summaries.ts';
import { summariseDocument } from './summarise-document.ts';

vi.setConfig({ testTimeout: 60_000 });

const tokens = { countTokens: (text: string): number => text.split(/\s+/).length };
const axis = (at: number): Float32Array =>
  Float32Array.from({ length: 4 }, (_, place) => Number(place === at));

it('a summary is made of the first sentences, the headings and what is nearest to the centre', () => {
  const passage = (heading: string, text: string, vector: Float32Array) => ({
    headingPath: `Guide > ${heading}`,
    text,
    vector,
  });
  const middle = Float32Array.from([0.9, 0.3, 0.3, 0]);
  const summary = summariseDocument(
    [
      passage('Start', 'This guide is about tents. It has five parts.', axis(0)),
      passage('Poles', `Poles break first. Then ${'word '.repeat(150)}`, middle),
      passage('Pegs', 'Pegs bend. They are cheap.', axis(3)),
      passage('Pegs', 'long '.repeat(300), axis(0)),
    ],
    tokens,
  );
  expect(summary).toBe(
    'This guide is about tents. It has five parts. Start; Poles; Pegs. Poles break first. Pegs bend.',
  );
  expect(tokens.countTokens(summary)).toBeLessThan(200);
  expect(summariseDocument([], tokens)).toBe('');
});

function openSummaries() {
  const kit = openKnowledgeTools(temporaryFolder());
  const { knowledge, embedder } = kit.tools;
  const store = createSqliteSummaryStore(kit.database);
  const complaints: string[] = [];
  const open = () => {
    const log = (_: 'warn', message: string): void => void complaints.push(message);
    const summaries = createSummaries({ store, knowledge, embedder, tokens, log });
    onTestFinished(() => summaries.close());
    return summaries;
  };
  const put = (source: string, passages: number, word = 'tent') =>
    knowledge.putDocument(
      syntheticDocument(
        source,
        Array.from({ length: passages }, (_, place) => `The ${word} number ${place} is here.`),
        { embedder: embedder.identity },
      ),
    );
  return { ...kit, store, open, put, complaints, knowledge };
}

/** The question that is as near to a summary as can be. */
async function questionFor(title: string, text: string | null) {
  return { vector: vectorOfText(passageText({ headingPath: title, text: text ?? '' })) };
}

it('long documents have one, made after them, again when they change, and gone with them', async () => {
  const { open, put, embedded, knowledge } = openSummaries();
  const summaries = open();
  // Nothing to do at first, as on every start.
  await summaries.catchUp();
  const short = await put('short.md', 5);
  const long = await put('long.md', 6);
  for (const change of [short, long]) await summaries.apply(change);
  await summaries.settled();
  expect(await summaries.textOf(short.documentId)).toBeNull();
  const text = await summaries.textOf(long.documentId);
  expect(text).toContain('The tent number 0 is here.');
  const [found, ...others] = await summaries.find(await questionFor('long.md', text));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ documentId: long.documentId });
  expect(found!.similarity).toBeCloseTo(1, 5);
  const made = embedded.length;
  const version = summaries.version();

  // The same words again are no change: nothing is embedded, and kept answers stand.
  await summaries.apply(await put('long.md', 6));
  await summaries.settled();
  expect(embedded).toHaveLength(made);
  expect(summaries.version()).toBe(version);
  await summaries.apply(await put('long.md', 7, 'boat'));
  await summaries.settled();
  expect(embedded).toHaveLength(made + 1);
  expect(await summaries.textOf(long.documentId)).toContain('boat');

  await summaries.apply((await knowledge.removeDocument(long.documentId))!);
  await summaries.settled();
  expect(await summaries.find(await questionFor('long.md', text))).toEqual([]);
  expect(await summaries.textOf(long.documentId)).toBeNull();
});

it('what is missing after a start is made, and what was made is there without being made again', async () => {
  const { open, put, embedded, complaints } = openSummaries();
  const { documentId } = await put('long.md', 8);
  const first = open();
  await first.catchUp();
  const text = await first.textOf(documentId);
  expect(text).not.toBeNull();
  await first.close();
  const made = embedded.length;
  const second = open();
  await second.catchUp();
  expect(embedded).toHaveLength(made);
  expect(await second.find(await questionFor('long.md', text))).toMatchObject([{ documentId }]);
  expect(complaints).toEqual([]);
});
