import type { PathOrder } from './model-protocol.ts';
import { loadOnnxSession, type OnnxSession } from './onnx-session.ts';
import type { TurnLock } from './turn-lock.ts';
import { loadWordPieces, type WordPieces } from './word-pieces.ts';

/** Texts to unit vectors. The graph pools and scales; longer texts are cut at the context. */
export class OnnxEmbedder {
  private readonly session: OnnxSession;
  private readonly pieces: WordPieces;
  private readonly contextTokens: number;
  private readonly batchRows: number;

  constructor(session: OnnxSession, pieces: WordPieces, contextTokens: number, batchRows: number) {
    this.session = session;
    this.pieces = pieces;
    this.contextTokens = contextTokens;
    this.batchRows = batchRows;
  }

  /**
   * @returns one vector [dimensions] a text, in the order given
   * @throws cancelled between two batches
   */
  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const { clsId, sepId } = this.pieces;
    const rows = texts.map((text) => {
      const ids = [clsId, ...this.pieces.encode(text, this.contextTokens - 2).ids, sepId];
      return { ids, types: new Array<number>(ids.length).fill(0) };
    });
    const vectors = new Array<Float32Array>(texts.length);
    await this.session.run(
      rows,
      this.batchRows,
      (row, place, outputs) => {
        const all = outputs.tensors['embedding']!;
        const size = all.length / outputs.rows;
        vectors[row] = all.slice(place * size, (place + 1) * size);
      },
      signal,
    );
    return vectors;
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}

/** @throws model_missing, model_unusable */
export async function loadOnnxEmbedder(order: PathOrder, lock: TurnLock): Promise<OnnxEmbedder> {
  const { embedder, compute } = order;
  const session = await loadOnnxSession(order.modelsDir, embedder, compute.onnxThreads, lock);
  const pieces = loadWordPieces(embedder.tokenizerFile);
  return new OnnxEmbedder(session, pieces, embedder.contextTokens, compute.onnxBatchRows);
}
