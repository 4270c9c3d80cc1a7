import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../errors.ts';
import type { Embedder, Verifier } from '../inference/contracts.ts';
import type { ChunkRecord, KnowledgeStore, VectorIndex } from '../stores/contracts.ts';
import type { HealthStore, PassagePlace } from '../stores/health-contracts.ts';
import { HEALTH } from './health-settings.ts';

export interface HealthTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  embedder: Embedder;
  /** Null when none is installed: rules decide alone then, more strictly. */
  verifier: Verifier | null;
  health: HealthStore;
  isAnswering: () => boolean;
  now: () => Date;
}

export function placeOf({ id, documentId, title, headingPath }: ChunkRecord): PassagePlace {
  return { chunkId: id, documentId, title, headingPath };
}

/** Between two slices: gives way to questions, for a while. @throws cancelled */
export async function rest(
  { isAnswering }: Pick<HealthTools, 'isAnswering'>,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + HEALTH.yieldMs;
  do {
    throwIfCancelled(signal);
    await wait(HEALTH.restMs);
  } while (isAnswering() && performance.now() < until);
}

export interface RelatedPassages {
  one: ChunkRecord;
  other: ChunkRecord;
  cosine: number;
}

/** Passages that no question finds now: switched off, over, or not valid yet. What is wrong with them misleads nobody. */
export function hiddenPassages({
  knowledge,
  now,
}: Pick<HealthTools, 'knowledge' | 'now'>): Promise<ReadonlySet<number>> {
  return knowledge.excludedChunks({ at: now().toISOString() });
}

/** Every pair of passages with near vectors, once; those of one document after each other left out. */
export async function* relatedPassages(
  tools: HealthTools,
  signal: AbortSignal,
): AsyncGenerator<RelatedPassages> {
  const { knowledge, vectors, embedder } = tools;
  const hidden = await hiddenPassages(tools);
  const ids = (await knowledge.chunkIds()).filter((id) => !hidden.has(id));
  for (let from = 0; from < ids.length; from += 32) {
    await rest(tools, signal);
    let rested = performance.now();
    const rows = await knowledge.getEmbeddings(ids.slice(from, from + 32), embedder.identity);
    for (const { chunkId, vector } of rows) {
      const near = (await vectors.search(vector, HEALTH.neighbours + 1, hidden)).filter(
        (hit) => hit.chunkId > chunkId && hit.score >= HEALTH.relatedCosine,
      );
      if (near.length === 0) continue;
      const chunks = new Map(
        (await knowledge.getChunks([chunkId, ...near.map((hit) => hit.chunkId)])).map((chunk) => [
          chunk.id,
          chunk,
        ]),
      );
      const one = chunks.get(chunkId);
      for (const { chunkId: id, score } of near) {
        const other = chunks.get(id);
        if (one && other) yield { one, other, cosine: score };
        // Long passages have thousands of pairs of sentences: nobody waits for all of them.
        if (performance.now() - rested > HEALTH.sliceMs) {
          await rest(tools, signal);
          rested = performance.now();
        }
      }
    }
  }
}
