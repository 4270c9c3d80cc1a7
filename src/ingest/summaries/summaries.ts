import { throwIfCancelled } from '../../errors.ts';
import type { Embedder, TokenCounter } from '../../inference/contracts.ts';
import type { DocumentRecord, KnowledgeChange, KnowledgeStore } from '../../stores/contracts.ts';
import type { SummaryRecord, SummaryStore } from '../../stores/summary-contracts.ts';
import { passageText } from '../../text/passage-text.ts';
import { createBacklog } from '../backlog.ts';
import { untilCancelled } from '../until-cancelled.ts';
import { summariseDocument } from './summarise-document.ts';
import { SUMMARY } from './summary-settings.ts';

export interface SummaryTools {
  store: SummaryStore;
  knowledge: KnowledgeStore;
  embedder: Embedder;
  tokens: TokenCounter;
  log: (level: 'warn', message: string) => void;
}

/** A document that something other than its passages leads to. */
export interface NamedDocument {
  documentId: string;
  /** Cosine of the question and what leads there, -1…1. */
  similarity: number;
}

/** Summaries of long documents: made after the documents, in the background, and searched with every question. */
export interface Summaries {
  /** Another one when what is searched is another. */
  version(): string;
  /** Documents whose summary is near the question, nearest first. Every one is compared: 1 ms for 2,000. */
  find(query: { vector: Float32Array }): Promise<NamedDocument[]>;
  textOf(documentId: string): Promise<string | null>;
  /** Takes note of a changed document; the work is done afterwards. */
  apply(change: KnowledgeChange): Promise<void>;
  /** Reads the vectors of the embedder that serves now, and makes those that are missing. @throws cancelled */
  catchUp(signal?: AbortSignal): Promise<void>;
  /** Resolves when nothing is left to do. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export function createSummaries(tools: SummaryTools): Summaries {
  const { store, embedder, log } = tools;
  const held = new Map<string, { vector: Float32Array }>();
  let heldBy = '';
  let stamp = '';
  const note = (documentId: string, made: SummaryRecord | null): void => {
    if (made?.embedder === heldBy) held.set(documentId, made);
    else held.delete(documentId);
    if (made && made.aboutAt > stamp) stamp = made.aboutAt;
  };
  const backlog = createBacklog(
    async (id, signal) => note(id, await refresh(id, tools, signal)),
    (reason) => log('warn', `summaries: ${reason}`),
  );
  const load = async (): Promise<void> => {
    if (heldBy === embedder.identity) return;
    heldBy = embedder.identity;
    held.clear();
    for (const { documentId, aboutAt, vector } of await store.listVectors(heldBy)) {
      held.set(documentId, { vector });
      if (aboutAt > stamp) stamp = aboutAt;
    }
  };

  return {
    version: () => `${held.size} ${stamp}`,
    find: async ({ vector }) => (heldBy === embedder.identity ? nearest(held, vector) : []),
    textOf: async (documentId) => (await store.getSummary(documentId))?.text ?? null,
    apply: async ({ documentId }) => {
      await load();
      backlog.add([documentId]);
      void backlog.work();
    },
    catchUp: async (signal) => {
      await load();
      backlog.add(await store.listUnsummarised(heldBy, SUMMARY.leastPassages));
      throwIfCancelled(signal);
      await untilCancelled(backlog.work(), signal);
    },
    settled: () => backlog.settled(),
    close: () => backlog.close(),
  };
}

/** Null: the document is gone, or short. @throws cancelled, model_* */
async function refresh(id: string, tools: SummaryTools, signal: AbortSignal): Promise<SummaryRecord | null> {
  const { store, knowledge, embedder } = tools;
  throwIfCancelled(signal);
  const { identity } = embedder;
  const document = await knowledge.getDocument(id);
  if (!document || document.chunks < SUMMARY.leastPassages) {
    await store.removeSummary(id);
    return null;
  }
  const known = await store.getSummary(id);
  const isOurs = known?.embedder === identity;
  if (isOurs && known.aboutAt === document.updatedAt) return known;
  const text = await summaryOf(document, identity, tools);
  const vector =
    isOurs && known.text === text
      ? known.vector
      : (
          await embedder.embed([passageText({ headingPath: document.title, text })], {
            priority: 'ingest',
            signal,
          })
        )[0]!;
  const summary = { documentId: id, aboutAt: document.updatedAt, text, embedder: embedder.identity, vector };
  // Exchanged meanwhile: nobody knows whose vector this is.
  if (embedder.identity !== identity) return refresh(id, tools, signal);
  await store.putSummary(summary);
  return summary;
}

async function summaryOf(
  { id }: DocumentRecord,
  embedder: string,
  { knowledge, tokens }: SummaryTools,
): Promise<string> {
  const chunks = await knowledge.getDocumentChunks(id);
  const rows = await knowledge.getEmbeddings(
    chunks.map((chunk) => chunk.id),
    embedder,
  );
  const vectors = new Map(rows.map(({ chunkId, vector }) => [chunkId, vector]));
  return summariseDocument(
    chunks.map((chunk) => ({
      headingPath: chunk.headingPath,
      text: chunk.text,
      vector: vectors.get(chunk.id) ?? null,
    })),
    tokens,
  );
}

function nearest(held: ReadonlyMap<string, { vector: Float32Array }>, asked: Float32Array): NamedDocument[] {
  const near: NamedDocument[] = [];
  for (const [documentId, { vector }] of held) {
    let similarity = 0;
    for (let at = 0; at < asked.length; at += 1) similarity += vector[at]! * asked[at]!;
    if (similarity >= SUMMARY.floor) near.push({ documentId, similarity });
  }
  return near.sort((one, other) => other.similarity - one.similarity).slice(0, SUMMARY.named);
}
