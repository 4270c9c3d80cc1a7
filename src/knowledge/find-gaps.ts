import { createHash } from 'node:crypto';
import { PUBLIC_AUDIENCE } from '../stores/contracts.ts';
import type { KnowledgeGap } from '../stores/health-contracts.ts';
import { HEALTH } from './health-settings.ts';
import { placeOf, rest, type HealthTools } from './health-tools.ts';

interface Group {
  questions: { text: string; vector: Float32Array }[];
  asked: number;
}

/** Declined questions in groups of the same meaning, the most asked first, each with a drafted article. */
export async function findGaps(tools: HealthTools, signal: AbortSignal): Promise<KnowledgeGap[]> {
  const { health, embedder } = tools;
  const decided = decisionsOf(await health.listGaps());
  const asked = (await health.listUnanswered(HEALTH.unanswered)).filter(
    ({ question, askedAt }) => askedAt > (decided.get(keyOf(question)) ?? ''),
  );
  const counts = new Map<string, { text: string; asked: number }>();
  for (const { question } of asked) {
    const known = counts.get(keyOf(question));
    if (known) known.asked += 1;
    else counts.set(keyOf(question), { text: question.trim(), asked: 1 });
  }
  const groups: Group[] = [];
  const distinct = [...counts.values()];
  for (let from = 0; from < distinct.length; from += 16) {
    await rest(tools, signal);
    const slice = distinct.slice(from, from + 16);
    const vectors = await embedder.embed(
      slice.map(({ text }) => text),
      { priority: 'ingest', signal },
    );
    for (const [index, { text, asked: times }] of slice.entries()) join(groups, text, vectors[index]!, times);
  }
  const most = groups.sort((a, b) => b.asked - a.asked).slice(0, HEALTH.mostGaps);
  const gaps: KnowledgeGap[] = [];
  for (const group of most) {
    await rest(tools, signal);
    gaps.push(await draftGap(group, tools));
  }
  return gaps;
}

/** Questions that a person decided on, with the time until which they are settled: for ever when dismissed. */
function decisionsOf(gaps: readonly KnowledgeGap[]): Map<string, string> {
  const decided = gaps.filter(({ status }) => status !== 'open');
  return new Map(
    decided.flatMap(({ questions, status, updatedAt }) =>
      questions.map((question) => [keyOf(question), status === 'dismissed' ? '9' : updatedAt] as const),
    ),
  );
}

function join(groups: Group[], text: string, vector: Float32Array, asked: number): void {
  let best: Group | null = null;
  let nearest: number = HEALTH.gapCosine;
  for (const group of groups) {
    const cosine = dot(group.questions[0]!.vector, vector);
    if (cosine >= nearest) [best, nearest] = [group, cosine];
  }
  if (!best) return void groups.push({ questions: [{ text, vector }], asked });
  best.questions.push({ text, vector });
  best.asked += asked;
}

async function draftGap(group: Group, { knowledge, vectors, now }: HealthTools): Promise<KnowledgeGap> {
  const central = centralOf(group);
  // What customers may not read is not quoted to them.
  const excluded = await knowledge.excludedChunks({ audiences: [PUBLIC_AUDIENCE], at: now().toISOString() });
  const hits = (await vectors.search(central.vector, HEALTH.draftPassages, excluded)).filter(
    ({ score }) => score >= HEALTH.draftCosine,
  );
  const chunks = new Map(
    (await knowledge.getChunks(hits.map(({ chunkId }) => chunkId))).map((one) => [one.id, one]),
  );
  const passages = hits.flatMap(({ chunkId }) => {
    const chunk = chunks.get(chunkId);
    return chunk ? [{ ...placeOf(chunk), text: chunk.text }] : [];
  });
  const questions = group.questions.map(({ text }) => text);
  return {
    id: createHash('sha256').update(keyOf(central.text)).digest('hex').slice(0, 16),
    question: central.text,
    questions,
    asked: group.asked,
    passages,
    draft: draftOf(central.text, questions, passages),
    status: 'open',
    updatedAt: now().toISOString(),
    fromReply: false,
  };
}

/** What customers asked as headings, what the documents say nearest to it below: a person makes an answer of it. */
function draftOf(question: string, questions: readonly string[], passages: KnowledgeGap['passages']): string {
  const others = questions.filter((one) => one !== question).slice(0, 5);
  const parts = [`# ${question.replace(/\s+/g, ' ')}`];
  if (others.length > 0)
    parts.push(`Also asked as: ${others.map((one) => one.replace(/\s+/g, ' ')).join(' · ')}`);
  for (const { title, text } of passages) parts.push(`## From “${title}”`, text);
  return `${parts.join('\n\n')}\n`;
}

function centralOf({ questions }: Group): Group['questions'][number] {
  let best = questions[0]!;
  let highest = Number.NEGATIVE_INFINITY;
  for (const one of questions) {
    const sum = questions.reduce((total, other) => total + dot(one.vector, other.vector), 0);
    if (sum > highest) [best, highest] = [one, sum];
  }
  return best;
}

/** Same for questions that differ in case, spaces and final marks alone. */
function keyOf(question: string): string {
  return question
    .toLowerCase()
    .replace(/[\s?!.]+/g, ' ')
    .trim();
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0);
}
