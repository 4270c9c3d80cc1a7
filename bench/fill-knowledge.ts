import { createHash } from 'node:crypto';
import type { App } from '../src/app.ts';
import { throwIfCancelled } from '../src/errors.ts';
import type { NewDocument } from '../src/stores/contracts.ts';
import { seededRandom } from '../src/testing/synthetic-knowledge.ts';
import type { BenchContext } from './bench-types.ts';
import type { VectorMatrix } from './exact-scan.ts';
import { createTextGenerator, type GeneratedDocument } from './generate-text.ts';
import { round, timed } from './measure.ts';
import { seedText } from './shop-files.ts';

export interface FilledKnowledge {
  size: number;
  questions: string[];
  questionVectors: Float32Array[];
  /** All vectors of the index, for the exact scan. */
  matrix: VectorMatrix;
  notes: string[];
}

const CHUNKS_A_DOCUMENT = 50;
const CHUNK_WORDS = { least: 30, most: 130 };
/** How far a made-up vector lies from the real ones that it is mixed from. */
const NOISE = 0.35;

/**
 * Generated chunks straight into the store and the index. The first `really` are embedded; the others get
 * mixtures of those vectors with noise, since embedding 100,000 chunks takes an hour on two cores.
 */
export async function fillKnowledge(
  app: App,
  { chunks, really, questions }: { chunks: number; really: number; questions: number },
  { signal, say }: BenchContext,
): Promise<FilledKnowledge> {
  const generator = createTextGenerator(await seedText(), 2);
  const random = seededRandom(5);
  const texts = Array.from({ length: chunks }, () =>
    generator.document(CHUNK_WORDS.least + Math.floor(random() * (CHUNK_WORDS.most - CHUNK_WORDS.least))),
  );
  const embedded = await timed(() => embedBatches(app, texts.slice(0, really), signal, say));
  const real = embedded.result;
  const vectorOf = (index: number): Float32Array => real[index] ?? mixVectors(real, random);

  const stored = await timed(async () => {
    for (let from = 0; from < texts.length; from += CHUNKS_A_DOCUMENT) {
      throwIfCancelled(signal);
      const part = texts.slice(from, from + CHUNKS_A_DOCUMENT);
      const vectors = part.map((_, index) => vectorOf(from + index));
      const change = await app.knowledge.putDocument(
        documentOf(from, part, vectors, app.models.embedder.identity),
      );
      await app.vectors.apply(change);
      if (from % 10_000 === 0) say(`scale: ${from} of ${texts.length} stored`);
    }
  });
  const asked = Array.from(
    { length: questions },
    (_, index) => texts[Math.floor((index * texts.length) / questions)]!,
  );
  const questionTexts = asked.map((document) => generator.question(document));
  return {
    size: chunks,
    questions: questionTexts,
    questionVectors: await app.models.embedder.embed(questionTexts, { signal }),
    matrix: await readMatrix(app),
    notes: [
      `${chunks} chunks of ${CHUNK_WORDS.least} to ${CHUNK_WORDS.most} generated words; ${real.length} really embedded, ` +
        `${round((real.length * 1000) / embedded.ms, 1)} chunks/s; the vectors of the other ${chunks - real.length} are mixtures of these with noise`,
      `${chunks} chunks: stored and indexed (without embedding) at ${round((chunks * 1000) / stored.ms, 0)} chunks/s`,
    ],
  };
}

async function embedBatches(
  app: App,
  texts: readonly GeneratedDocument[],
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += 200) {
    const part = texts.slice(from, from + 200).map(({ title, text }) => `${title}: ${text}`);
    vectors.push(...(await app.models.embedder.embed(part, { priority: 'ingest', signal })));
    if (from % 1_000 === 0) say(`scale: ${from} of ${texts.length} embedded`);
  }
  return vectors;
}

/** Near one real vector, a little towards another, and some noise: unit length. */
function mixVectors(real: readonly Float32Array[], random: () => number): Float32Array {
  const pick = (): Float32Array => real[Math.floor(random() * real.length)]!;
  const [first, second] = [pick(), pick()];
  const share = random() * 0.5;
  const scale = NOISE / Math.sqrt(first.length);
  const mixed = first.map(
    (value, index) => value * (1 - share) + second[index]! * share + (random() * 2 - 1) * scale * 1.73,
  );
  const norm = Math.hypot(...mixed);
  return mixed.map((value) => value / norm);
}

function documentOf(
  from: number,
  parts: readonly GeneratedDocument[],
  embeddings: readonly Float32Array[],
  embedder: string,
): NewDocument {
  const text = parts.map((part) => part.text).join('\n');
  const original = Buffer.from(text);
  let start = 0;
  const chunks = parts.map((part, ordinal) => {
    const chunk = {
      ordinal,
      start,
      end: start + part.text.length,
      text: part.text,
      headingPath: part.title,
      tokens: Math.round(part.text.length / 4),
    };
    start = chunk.end + 1;
    return chunk;
  });
  return {
    source: `bench:${from}`,
    title: `Generated ${from}`,
    url: null,
    mediaType: 'text/plain',
    text,
    original,
    chunks,
    embeddings,
    sha256: createHash('sha256').update(original).digest('hex'),
    collection: 'bench',
    embedder,
  };
}

async function readMatrix(app: App): Promise<VectorMatrix> {
  const { dimensions, identity } = app.models.embedder;
  const ids = await app.knowledge.chunkIds();
  const values = new Float32Array(ids.length * dimensions);
  const places = new Map(ids.map((id, row) => [id, row]));
  for (let from = 0; from < ids.length; from += 5_000) {
    for (const { chunkId, vector } of await app.knowledge.getEmbeddings(
      ids.slice(from, from + 5_000),
      identity,
    )) {
      values.set(vector, (places.get(chunkId) ?? 0) * dimensions);
    }
  }
  return { dimensions, ids, values };
}
