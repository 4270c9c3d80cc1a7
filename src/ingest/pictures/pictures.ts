import { throwIfCancelled } from '../../errors.ts';
import type { CallOptions, PictureEmbedder } from '../../inference/contracts.ts';
import type { DocumentRecord, KnowledgeChange, KnowledgeStore } from '../../stores/contracts.ts';
import type { PictureStore } from '../../stores/picture-contracts.ts';
import { createBacklog } from '../backlog.ts';
import { untilCancelled } from '../until-cancelled.ts';
import { nameOfSource } from '../name-of-source.ts';
import type { DocumentParser } from '../parser/parser-contracts.ts';
import { ILLUSTRATED_TYPES, PICTURE_TYPES, PICTURES } from './picture-settings.ts';

export interface PictureTools {
  store: PictureStore;
  knowledge: KnowledgeStore;
  parser: DocumentParser;
  model: PictureEmbedder;
  log: (level: 'warn', message: string) => void;
}

const SEEN: readonly string[] = [...PICTURE_TYPES, ...ILLUSTRATED_TYPES];

/** Documents found by what their pictures show: made after the documents, in the background. */
export interface Pictures {
  /** Another one when what is searched is another. */
  version(): string;
  /** Documents with a picture that shows what the words say; every picture is compared. @throws cancelled, model_* */
  find(query: { text: string }, options: CallOptions): Promise<{ documentId: string; similarity: number }[]>;
  apply(change: KnowledgeChange): Promise<void>;
  /** Makes what is missing. @throws cancelled */
  catchUp(signal?: AbortSignal): Promise<void>;
  settled(): Promise<void>;
  close(): Promise<void>;
}

export function createPictures(tools: PictureTools): Pictures {
  const { store, model, log } = tools;
  const held = new Map<string, readonly Float32Array[]>();
  let isLoaded = false;
  let changes = 0;
  const backlog = createBacklog(
    async (id, signal) => {
      const vectors = await refresh(id, tools, signal);
      if (vectors.length > 0) held.set(id, vectors);
      else held.delete(id);
      changes += 1;
    },
    (reason) => log('warn', `pictures: ${reason}`),
  );
  const load = async (): Promise<void> => {
    if (isLoaded) return;
    isLoaded = true;
    for (const { documentId, vector } of await store.listPictures(model.identity))
      held.set(documentId, [...(held.get(documentId) ?? []), vector]);
  };
  return {
    version: () => `${model.identity} ${held.size} ${changes}`,
    find: async ({ text }, options) => {
      // Nothing is asked of the model as long as there is no picture.
      if (held.size === 0) return [];
      const [asked] = await model.embedWords([text], options);
      return asked ? nearest(held, asked) : [];
    },
    apply: async ({ documentId }) => {
      await load();
      backlog.add([documentId]);
      void backlog.work();
    },
    catchUp: async (signal) => {
      await load();
      backlog.add(await store.listUnseen(model.identity, SEEN));
      throwIfCancelled(signal);
      await untilCancelled(backlog.work(), signal);
    },
    settled: () => backlog.settled(),
    close: () => backlog.close(),
  };
}

/** What a document's pictures are now. @throws cancelled, model_* */
async function refresh(
  id: string,
  { store, knowledge, parser, model }: PictureTools,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  throwIfCancelled(signal);
  const document = await knowledge.getDocument(id);
  if (!document || !SEEN.includes(document.mediaType)) return [];
  const bytes = await knowledge.getOriginal(id);
  const pictures = bytes === null ? [] : await picturesOf(document, bytes, parser, signal);
  const made = await model.embedPictures(pictures.slice(0, PICTURES.ofDocument), {
    priority: 'ingest',
    signal,
  });
  const vectors = made.filter((vector) => vector !== null);
  await store.putPictures({ documentId: id, aboutAt: document.updatedAt, model: model.identity, vectors });
  return vectors;
}

async function picturesOf(
  { source, mediaType }: DocumentRecord,
  bytes: Uint8Array,
  parser: DocumentParser,
  signal: AbortSignal,
): Promise<readonly Uint8Array[]> {
  if ((PICTURE_TYPES as readonly string[]).includes(mediaType)) return [bytes];
  // Most pages hold none: what lies elsewhere is not fetched.
  if (mediaType === 'text/html' && !Buffer.from(bytes).includes('data:image/')) return [];
  const file = { source, name: nameOfSource(source), bytes, mediaType, keepsPictures: true } as const;
  return (await parser.parse(file, signal)).pictures ?? [];
}

function nearest(held: ReadonlyMap<string, readonly Float32Array[]>, asked: Float32Array) {
  const near: { documentId: string; similarity: number }[] = [];
  for (const [documentId, vectors] of held) {
    const cosine = Math.max(
      ...vectors.map((vector) => vector.reduce((sum, value, at) => sum + value * asked[at]!, 0)),
    );
    const share = Math.min(1, (cosine - PICTURES.floor) / (PICTURES.full - PICTURES.floor));
    if (share > 0) near.push({ documentId, similarity: share * PICTURES.most });
  }
  return near.sort((one, other) => other.similarity - one.similarity).slice(0, PICTURES.named);
}
