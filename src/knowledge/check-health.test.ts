import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Verifier } from '../inference/contracts.ts';
import { UNLIMITED_SCOPE, type DocumentScope } from '../stores/contracts.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { createSqliteDisabledStore } from '../stores/sqlite/disabled-store.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { syntheticDocument, unitVectors } from '../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { approveGap } from './approve-gap.ts';
import { checkHealth } from './check-health.ts';
import { differenceOf, traitsOf, withDatesOf, withNumbersOf } from './compare-sentences.ts';
import { countRetrievals } from './count-retrievals.ts';
import { dismissFinding, markReport, readDismissed } from './findings.ts';
import { findStale } from './find-stale.ts';
import type { HealthTools } from './health-tools.ts';

vi.setConfig({ testTimeout: 60_000 });

const NOW = new Date('2026-11-21T12:00:00Z');

function openHealth(verifier: Verifier | null = null) {
  const kit = openKnowledgeTools(temporaryFolder());
  const health = createSqliteHealthStore(kit.database);
  const tools: HealthTools = {
    knowledge: kit.tools.knowledge,
    vectors: kit.tools.vectors,
    embedder: { ...kit.tools.embedder, identity: 'synthetic-embedder@1' },
    verifier,
    health,
    isAnswering: () => false,
    now: () => NOW,
  };
  const signal = new AbortController().signal;
  const put = async (
    source: string,
    paragraphs: string[],
    vectors: Float32Array[],
    scope?: DocumentScope,
  ) => {
    const document = syntheticDocument(source, paragraphs, {
      embeddings: vectors,
      embedder: 'fake-embedder@0',
      ...(scope && { scope }),
    });
    const change = await kit.tools.knowledge.putDocument(document);
    await kit.tools.vectors.apply(change);
    return change;
  };
  return { ...kit, tools: { ...tools, embedder: kit.tools.embedder }, health, put, signal };
}

/** Unit vectors at this cosine from the first. */
function near(base: Float32Array, cosine: number, seed: number): Float32Array {
  const other = unitVectors(seed)();
  const along = base.reduce((sum, value, index) => sum + value * other[index]!, 0);
  const across = other.map((value, index) => value - along * base[index]!);
  const norm = Math.hypot(...across);
  return base.map((value, index) => cosine * value + (Math.sqrt(1 - cosine ** 2) * across[index]!) / norm);
}

describe('sentences on one subject', () => {
  it.each([
    [
      'Returns are taken within 30 days of delivery.',
      'Returns are taken within 60 days of delivery.',
      'number',
    ],
    ['Orders over 1,000 euros ship free.', 'Orders over 100 euros ship free.', 'number'],
    ['The hut opens on Monday mornings.', 'The hut opens on Tuesday mornings.', 'date'],
    ['The hut is closed until 24 December.', 'The hut is closed until 6 January.', 'date'],
    ['The sale ends on 3 May 2026.', 'The sale ends on 3 March 2026.', 'date'],
    ['Shipping takes two days to France.', 'Shipping takes five days to France.', 'number'],
    ['Tents can be washed in the machine.', 'Tents cannot be washed in the machine.', 'negation'],
    ['Vouchers are paid out in the shop.', 'Vouchers are paid out only in the shop.', 'condition'],
  ])('differ: %s | %s', (one, other, kind) =>
    expect(differenceOf(traitsOf(one), traitsOf(other))).toMatchObject({ kind }),
  );

  it('do not differ in a number written as a word, or in words alone', () => {
    expect(differenceOf(traitsOf('It takes two days.'), traitsOf('It takes 2 days.'))).toBeNull();
    expect(differenceOf(traitsOf('Boots are brown.'), traitsOf('Boots are black.'))).toBeNull();
    expect(differenceOf(traitsOf('May I come?'), traitsOf('Shall I come?'))).toBeNull();
    expect(differenceOf(traitsOf('Closed on Sunday.'), traitsOf('Closed on Sundays.'))).toBeNull();
  });

  it.each([
    ['1,000', '1000'],
    ['1.000', '1000'],
    ['1,000.50', '1000.5'],
    ['1.000,50', '1000,50'],
    ['1,234,567', '1234567'],
    ['12,50', '12.5'],
    ['30.00', '30'],
  ])('do not differ in how a number is written: %s, %s', (one, other) => {
    const sentence = (number: string): string => `Orders over ${number} euros ship free.`;
    expect(differenceOf(traitsOf(sentence(one)), traitsOf(sentence(other)))).toBeNull();
  });

  it('lend each other their numbers and their dates', () => {
    expect(withDatesOf('Closed until 24 December.', 'We are closed until 6 January, all day.')).toBe(
      'We are closed until 24 December, all day.',
    );
    expect(withNumbersOf('Within 30 days, 2 items.', 'You have 60 days for nine items.')).toBe(
      'You have 30 days for 2 items.',
    );
  });
});

describe('a document', () => {
  const record = (updatedAt: string) =>
    ({ id: 'd', title: 'T', updatedAt }) as Parameters<typeof findStale>[0];
  it.each([
    ['The offer is valid until 31 December 2024. Other words.', 'The offer is valid until 31 December 2024.'],
    ['Free delivery through March 2025!', 'Free delivery through March 2025!'],
    ['It ends on 2026-11-20.', 'It ends on 2026-11-20.'],
    ['Valid until 31.12.2024.', 'Valid until 31.12.2024.'],
    ['Der Gutschein gilt bis zum 31.12.2024.', 'Der Gutschein gilt bis zum 31.12.2024.'],
    ['Valid until 12/31/2024.', 'Valid until 12/31/2024.'],
    ['Valable jusqu’au 31/12/2024.', 'Valable jusqu’au 31/12/2024.'],
  ])('is stale when an end has passed: %s', (text, quote) =>
    expect(findStale(record(NOW.toISOString()), text, NOW)).toMatchObject([{ reason: 'date_passed', quote }]),
  );
  it('is not for an end to come, or a date that is no end', () => {
    const text = 'Valid until 31 December 2026. Until November 2026 too. We were founded on 3 March 1999.';
    expect(findStale(record(NOW.toISOString()), text, NOW)).toEqual([]);
    // On 1 December or on 12 January: over only when both are.
    const numeric = 'Until 12.01.2027. Until 12/01/2026 too. Until 31.31.2020 as well.';
    expect(findStale(record(NOW.toISOString()), numeric, NOW)).toEqual([]);
    expect(findStale(record('2025-01-01T00:00:00Z'), text, NOW)).toMatchObject([{ reason: 'not_updated' }]);
  });
});

describe('a check of the knowledge', () => {
  it('finds passages that say the same, and those that say different things of one subject', async () => {
    const asked: string[] = [];
    const verifier: Verifier = {
      identity: 'v',
      // As a verifier does: held when the same numbers stand in both.
      verify: async (pairs) =>
        pairs.map(({ statement, evidence }) => {
          asked.push(statement);
          return (statement.match(/\d+/g) ?? []).every((number) => evidence.includes(number)) ? 0.9 : 0.1;
        }),
    };
    const { put, tools, signal } = openHealth(verifier);
    const [base] = [unitVectors(1)()];
    const twice = 'Gift cards never expire and can be used in every one of our shops.';
    await put(
      'returns.md',
      ['Unworn boots can be returned within 30 days of delivery.', twice],
      [base, unitVectors(2)()],
    );
    await put('faq.md', ['Unworn boots can be returned within 60 days of delivery.'], [near(base, 0.9, 3)]);
    await put('cards.md', [twice], [near(unitVectors(2)(), 0.99, 4)]);
    // A template on many pages must not hide it.
    const lines = Array.from({ length: 60 }, (_, line) => `Sentence ${line} about ropes and knots.`).join(
      ' ',
    );
    for (let place = 0; place < 6; place += 1)
      await put(`0-template-${place}.md`, [lines], [near(unitVectors(40)(), 0.9, 50 + place)]);
    await put('other.md', ['Unworn boots can be returned within 99 days of delivery.'], [unitVectors(9)()]);
    const report = await checkHealth(tools, signal);
    expect(report.contradictions.filter(({ one }) => !one.title.startsWith('0-'))).toMatchObject([
      { kind: 'number', one: { title: 'returns.md' }, other: { title: 'faq.md' }, decidedBy: 'verifier' },
    ]);
    expect(asked.length).toBeGreaterThan(0);
    expect(report.duplicates).toMatchObject([{ one: { title: 'returns.md' }, other: { title: 'cards.md' } }]);
    expect(await tools.health.readReport()).toEqual(report);
  });

  it('asks of two dates whether the rest is one subject', async () => {
    const asked: string[] = [];
    const verifier: Verifier = {
      identity: 'v',
      verify: async (pairs) =>
        pairs.map(({ statement, evidence }) => {
          asked.push(evidence);
          return (statement.match(/[A-Z][a-z]+day/g) ?? []).every((day) => evidence.includes(day))
            ? 0.9
            : 0.1;
        }),
    };
    const { put, tools, signal } = openHealth(verifier);
    const [base] = [unitVectors(1)()];
    await put('one.md', ['Guided walks to the lighthouse start on Monday mornings.'], [base]);
    await put('two.md', ['Guided walks to the lighthouse start on Tuesday mornings.'], [near(base, 0.9, 3)]);
    const { contradictions } = await checkHealth(tools, signal);
    expect(contradictions).toMatchObject([{ kind: 'date', decidedBy: 'verifier' }]);
    expect(asked.filter((evidence) => evidence.includes('Monday'))).toHaveLength(2);
  });

  it('says nothing of what is switched off, or is not valid now', async () => {
    const { put, tools, signal, health, database } = openHealth();
    const [base] = [unitVectors(1)()];
    const words = ['The offer for boots ends on 31 December 2024.'];
    const ids: string[] = [];
    for (const [place, source] of ['off.md', 'over.md', 'now.md'].entries())
      ids.push((await put(source, words, [near(base, 0.999, 3 + place)])).documentId);
    const counting = countRetrievals(tools.knowledge, health, () => undefined);
    for (let count = 0; count < 100; count += 1) await counting.knowledge.getChunks([]);
    await counting.close();
    const before = await checkHealth(tools, signal);
    expect([before.stale.length, before.duplicates.length, before.orphans?.length]).toEqual([3, 3, 3]);

    await createSqliteDisabledStore(database).setDocument(ids[0]!, false);
    const validUntil = '2026-01-01T00:00:00.000Z';
    const scope = { ...UNLIMITED_SCOPE, validUntil };
    await put('over.md', words, [near(base, 0.999, 4)], scope);
    const { stale, duplicates, contradictions, orphans } = await checkHealth(tools, signal);
    expect(stale.map(({ title }) => title)).toEqual(['now.md']);
    expect([duplicates, contradictions]).toEqual([[], []]);
    expect(orphans?.map(({ title }) => title)).toEqual(['now.md']);
  });

  it('is cancelled between two slices and leaves the last report', async () => {
    const { put, tools } = openHealth();
    await put('a.md', ['Words.'], [unitVectors(1)()]);
    const stop = new AbortController();
    await expect(
      checkHealth(tools, stop.signal, (step) => step === 'passages' && stop.abort()),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await tools.health.readReport()).toBeNull();
  });

  it('lists passages that no search brought up, once enough were counted', async () => {
    const { put, tools, health, signal } = openHealth();
    const { added } = await put('a.md', ['Found.', 'Never found.'], [unitVectors(1)(), unitVectors(2)()]);
    const counting = countRetrievals(tools.knowledge, health, () => undefined);
    for (let count = 0; count < 99; count += 1) await counting.knowledge.getChunks([added[0]!]);
    await counting.flush();
    expect((await checkHealth(tools, signal)).orphans).toBeNull();
    await counting.knowledge.getChunks([added[0]!]);
    await counting.close();
    expect((await checkHealth(tools, signal)).orphans).toMatchObject([{ chunkId: added[1] }]);
  });

  it('gathers declined questions, drafts an article, and makes a document and a regression question of it', async () => {
    const { put, tools, health, jobs, database, signal, embedded } = openHealth();
    const conversations = createSqliteConversationStore(database);
    const ask = async (text: string, outcome: string): Promise<void> => {
      const conversationId = await conversations.createConversation({});
      const message = { conversationId, id: randomUUID(), role: 'customer' as const, text, answer: null };
      await conversations.addMessage(message);
      const answer = JSON.stringify({ outcome });
      await conversations.addMessage({ ...message, id: randomUUID(), role: 'assistant', text: 'x', answer });
    };
    await ask('Do you ship to Iceland?', 'declined');
    await ask('do you ship to iceland', 'declined');
    await ask('When do you open?', 'answered');
    const [vector] = await tools.embedder.embed(['do you ship to iceland']);
    await put('shipping.md', ['We ship within Europe.'], [near(vector!, 0.8, 5)]);
    await checkHealth(tools, signal);
    const [gap, ...others] = await health.listGaps();
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ asked: 2, status: 'open', passages: [{ text: 'We ship within Europe.' }] });
    expect(gap!.draft).toContain('We ship within Europe.');
    expect(embedded).not.toContain('When do you open?');

    const text = '# Iceland\n\nWe do not ship to Iceland.\n';
    const jobId = await approveGap(gap!.id, { text }, { health, jobs });
    const [item] = await jobs.nextItems({ items: 1, bytes: 1, aloneFrom: 2 });
    expect(item).toMatchObject({ jobId, source: `article:${gap!.id}`, title: gap!.question });
    expect(await health.listRegressionQuestions()).toMatchObject([
      { question: gap!.question, source: `article:${gap!.id}` },
    ]);
    await checkHealth(tools, signal);
    expect((await health.listGaps()).map(({ status }) => status)).toEqual(['approved']);
    await expect(approveGap(gap!.id, {}, { health, jobs })).rejects.toMatchObject({ code: 'gap_not_found' });
  });
});

describe('a finding that was dismissed', () => {
  it('is left out by later checks, after it was brought back not, and comes again with its document', async () => {
    const { tools, put, signal, database, health } = openHealth();
    const base = unitVectors(7)();
    const { documentId } = await put('offers.md', ['The offer is valid until 31 December 2024.'], [base]);
    const shown = async () => {
      const marked = markReport((await health.readReport())!, await readDismissed(tools));
      return marked.stale.map(({ id, dismissed }) => [id, dismissed]);
    };
    await checkHealth(tools, signal);
    const [[id]] = (await shown()) as [[string, boolean]];
    await dismissFinding(id, true, tools);
    expect(await shown()).toEqual([[id, true]]);
    await checkHealth(tools, signal);
    expect(await shown()).toEqual([[id, true]]);
    await dismissFinding(id, false, tools);
    expect(await shown()).toEqual([[id, false]]);
    await dismissFinding(id, true, tools);

    // Another text with the same sentence in it.
    await put('offers.md', ['New words. The offer is valid until 31 December 2024.'], [base]);
    database.prepare('UPDATE documents SET updated_at = ? WHERE id = ?').run(NOW.toISOString(), documentId);
    expect(await shown()).toEqual([[id, false]]);
    for (const dismissed of [true, false])
      await expect(dismissFinding('none', dismissed, tools)).rejects.toMatchObject({
        code: 'finding_not_found',
      });
  });

  it('takes no place from those that were not, whatever its kind', async () => {
    const { tools, put, signal, health } = openHealth();
    const base = unitVectors(8)();
    await put('a.md', ['Returns are taken within 30 days of delivery.'], [base]);
    await put('b.md', ['Returns are taken within 60 days of delivery.'], [near(base, 0.9, 3)]);
    await put('c.md', ['Ropes are made of hemp in our own workshop by hand.'], [near(base, 0.1, 4)]);
    await put('d.md', ['Ropes are made of hemp in our own workshop by hand.'], [near(base, 0.1, 4)]);
    await countAll(health);
    await checkHealth(tools, signal);
    const report = async () => markReport((await health.readReport())!, await readDismissed(tools));
    const before = await report();
    for (const kind of ['contradictions', 'duplicates', 'orphans'] as const) {
      const [first] = before[kind]!;
      await dismissFinding(first!.id, true, tools);
      await checkHealth(tools, signal);
      const found = (await report())[kind]!;
      expect([kind, found.length, found.at(-1)]).toEqual([
        kind,
        before[kind]!.length,
        { ...first, dismissed: true },
      ]);
    }
  });
});

/** As after enough searches that brought up nothing. */
const countAll = (health: HealthTools['health']): Promise<void> => health.addRetrievals(new Map(), 100);
