import { join } from 'node:path';
import type { App } from '../src/app.ts';
import { modelsFolderOf } from '../src/composition/package-files.ts';
import { createTokenCounter } from '../src/inference/word-pieces.ts';
import { ingest, type IngestTools } from '../src/ingest/ingest.ts';
import type { SourceFile } from '../src/ingest/ingest-types.ts';
import type { Bench } from './bench-types.ts';
import { createTextGenerator, type TextGenerator } from './generate-text.ts';
import { spreadOf, timed } from './measure.ts';
import { seedText, SHOP_DOCUMENTS, withBenchApp } from './shop-files.ts';

/** Words of the generated documents: short ones and long ones, as in a help centre. */
const WORDS = [40, 80, 150, 300, 60, 600, 25, 120];

export const benchIngest: Bench = {
  name: 'ingest',
  about: 'chunks a second: batches sorted by length, against a straight loop in the same run',
  run: async (context) => {
    const documents = context.quick ? 40 : 160;
    const runs = context.quick ? 2 : 3;
    const generator = createTextGenerator(await seedText(), 1);
    return withBenchApp([SHOP_DOCUMENTS], context, async ({ app }) => {
      const tools = ingestToolsOf(app);
      const rates: { batched: number; loop: number }[] = [];
      let chunks = 0;
      for (let run = 0; run < runs; run++) {
        context.say(`ingest: run ${run + 1} of ${runs}`);
        const batched = await timed(() =>
          ingestAll(filesOf(`batched-${run}`, documents, generator), tools, context.signal),
        );
        const loop = await timed(() =>
          ingestOneByOne(filesOf(`loop-${run}`, documents, generator), tools, context.signal),
        );
        chunks = batched.result;
        rates.push({ batched: (batched.result * 1000) / batched.ms, loop: (loop.result * 1000) / loop.ms });
      }
      return {
        rows: [
          { way: 'batched and sorted', chunks_per_second: spreadOf(rates.map(({ batched }) => batched)) },
          { way: 'one chunk at a time', chunks_per_second: spreadOf(rates.map(({ loop }) => loop)) },
          { way: 'ratio', chunks_per_second: spreadOf(rates.map(({ batched, loop }) => batched / loop)) },
        ],
        notes: [
          `${documents} generated documents of ${Math.min(...WORDS)} to ${Math.max(...WORDS)} words, about ${chunks} chunks, ${runs} runs`,
          `everything counts: parse, chunk, embed, store durably, index, save`,
          'the loop stores as the product does, but embeds each chunk by itself and saves the index once at the end',
        ],
      };
    });
  },
};

function ingestToolsOf(app: App): IngestTools {
  const { knowledge, vectors, models, parser, config } = app;
  const tokens = createTokenCounter(join(modelsFolderOf(config), 'embedder', 'tokenizer.json'));
  return {
    knowledge,
    vectors,
    parser,
    tokens,
    embedder: models.embedder,
    maxDocumentBytes: config.max_document_bytes,
  };
}

function filesOf(name: string, count: number, generator: TextGenerator): SourceFile[] {
  const encoder = new TextEncoder();
  return Array.from({ length: count }, (_, index) => {
    const { title, text } = generator.document(WORDS[index % WORDS.length] ?? 100);
    return {
      source: `bench:${name}-${index}`,
      name: `${name}-${index}.txt`,
      title,
      bytes: encoder.encode(text),
    };
  });
}

async function* streamOf(files: readonly SourceFile[]): AsyncGenerator<SourceFile> {
  yield* files;
}

/** Chunks that were stored. */
async function ingestAll(
  files: readonly SourceFile[],
  tools: IngestTools,
  signal: AbortSignal,
): Promise<number> {
  let chunks = 0;
  for await (const outcome of ingest(streamOf(files), tools, { signal })) {
    if (outcome.status === 'failed') throw new Error(outcome.message);
    chunks += outcome.chunks;
  }
  return chunks;
}

async function ingestOneByOne(
  files: readonly SourceFile[],
  tools: IngestTools,
  signal: AbortSignal,
): Promise<number> {
  const { embedder, vectors } = tools;
  const loopTools: IngestTools = {
    ...tools,
    embedder: {
      // By name: the embedder in force stands behind getters, which a spread would miss.
      identity: embedder.identity,
      dimensions: embedder.dimensions,
      contextTokens: embedder.contextTokens,
      embed: async (texts, options) => {
        const embedded: Float32Array[] = [];
        for (const text of texts) embedded.push(...(await embedder.embed([text], options)));
        return embedded;
      },
    },
    vectors: { ...vectors, size: vectors.size, save: () => Promise.resolve() },
  };
  let chunks = 0;
  for (const file of files) chunks += await ingestAll([file], loopTools, signal);
  await vectors.save();
  return chunks;
}
