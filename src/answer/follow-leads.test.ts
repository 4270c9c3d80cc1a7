import { describe, expect, it } from 'vitest';
import type { ReaderPassage, Reading } from '../inference/contracts.ts';
import { createFakeModelHost } from '../inference/fakes.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteSentenceStore } from '../stores/sqlite/sentence-store.ts';
import type { VectorIndex } from '../stores/contracts.ts';
import { EXAMPLE_MODEL } from '../testing/example-confidence.ts';
import { syntheticDocument, unitVectors } from '../testing/synthetic-knowledge.ts';
import { followLeads } from './follow-leads.ts';
import { testGuard } from '../testing/test-guard.ts';
import type { AnswerTools, QuestionPart } from './path-types.ts';
import { DEFAULT_WEIGHTS } from './retrieval-weights.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { scoreSentences } from './score-sentences.ts';
import { searchForms } from './search-forms.ts';

const signal = new AbortController().signal;
const QUESTION = 'What does sending back a hired tent from Austria cost?';
const HIRE = 'Hired tents go back by post. What you pay is in the return postage table.';
const POSTAGE = 'From Austria a parcel costs 9.90 euros.';

/** Reads words: sure of a passage that holds `answer`, unsure of any other. */
function reading({ text, sentences }: ReaderPassage, answer: string): Reading {
  const logit = text.includes(answer) ? 8 : 0;
  const answerable = text.includes(answer) ? 0.99 : 0.2;
  return {
    relevance: answerable,
    answerable,
    span: { start: 0, end: text.length, logit },
    sentenceLogits: sentences.map(({ start, end }) => (text.slice(start, end).includes(answer) ? 8 : 0)),
  };
}

async function openTools(documents: Record<string, string>, answer: string) {
  const database = openDatabase(':memory:');
  const store = createSqliteKnowledgeStore(database);
  for (const [title, text] of Object.entries(documents))
    await store.putDocument(syntheticDocument(title, [text], { title }));
  const read: ReaderPassage[] = [];
  const vector = unitVectors(3)();
  const models = createFakeModelHost({
    embed: (texts) => Promise.resolve(texts.map(() => vector)),
    read: (_question, passages) => {
      read.push(...passages);
      return Promise.resolve(passages.map((passage) => reading(passage, answer)));
    },
  });
  const tools = {
    guard: testGuard(),
    knowledge: store,
    vectors: { search: () => Promise.resolve([]), generation: 0 } as unknown as VectorIndex,
    sentences: createSqliteSentenceStore(database),
    models,
    weights: DEFAULT_WEIGHTS,
    words: { corrected: () => null, expanded: (text: string) => text, version: () => '' },
  } as unknown as AnswerTools;
  return { tools, read };
}

/** As the first search left it: only the passage of this title was looked at. */
async function firstPart(tools: AnswerTools, title: string): Promise<QuestionPart> {
  const { fused } = await searchForms([QUESTION], tools, { signal });
  const own = fused.filter(({ chunk }) => chunk.title === title);
  const ranked = await rerankCandidates([QUESTION], own, tools, { signal });
  const sentences = await scoreSentences(QUESTION, ranked, tools.models.reader, { signal });
  return { text: QUESTION, share: 1, ranked, sentences };
}

const ASKED = { text: QUESTION, added: [], lastAnswer: '', model: EXAMPLE_MODEL };

describe('followLeads', () => {
  it('reads the page that the first passage names, with the sentence that named it above, and says why', async () => {
    const { tools, read } = await openTools({ Hire: HIRE, 'Return postage': POSTAGE }, '9.90');
    const first = await firstPart(tools, 'Hire');
    const { part, notes } = await followLeads(first, ASKED, tools, { signal });
    expect(part.sentences[0]).toMatchObject({
      text: POSTAGE,
      passage: { chunk: { title: 'Return postage' } },
    });
    expect(read.map(({ heading }) => heading).join()).toContain(
      'What you pay is in the return postage table.',
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/search 2: "Return postage" .*kept/);
  });

  it('goes no further where the first passage is enough', async () => {
    const { tools, read } = await openTools({ Hire: HIRE, 'Return postage': POSTAGE }, 'go back by post');
    const first = await firstPart(tools, 'Hire');
    const before = read.length;
    expect(await followLeads(first, ASKED, tools, { signal })).toEqual({ part: first, notes: [] });
    expect(read).toHaveLength(before);
  });

  it('reads nothing that is not named, however near it is', async () => {
    const { tools, read } = await openTools({ Hire: HIRE, 'Postcards from Austria': POSTAGE }, '9.90');
    const first = await firstPart(tools, 'Hire');
    const before = read.length;
    expect((await followLeads(first, ASKED, tools, { signal })).part).toBe(first);
    expect(read).toHaveLength(before);
  });

  it('drops what does not make it surer, and ends after three searches', async () => {
    const chain = {
      Hire: 'Tents go back by post. See return postage.',
      'Return postage': 'What a tent costs is under parcel prices.',
      'Parcel prices': 'What a tent from Austria costs is under foreign rates.',
      'Foreign rates': '9.90 euros.',
    };
    const { tools } = await openTools(chain, '9.90');
    const first = await firstPart(tools, 'Hire');
    const { part, notes } = await followLeads(first, ASKED, tools, { signal });
    expect(part).toBe(first);
    expect(notes.length).toBeLessThanOrEqual(2);
    expect(notes[0]).toContain('dropped');
  });
});
