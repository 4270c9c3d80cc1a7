import type { ReaderPassage, Reading } from './contracts.ts';
import type { PathOrder } from './model-protocol.ts';
import { loadOnnxSession, type OnnxSession, type RunOutputs } from './onnx-session.ts';
import { readerRow, READER_INPUT, type ReaderRow } from './reader-input.ts';
import { bestSpans } from './reader-spans.ts';
import { sigmoid } from './sigmoid.ts';
import type { TurnLock } from './turn-lock.ts';
import { loadWordPieces, type WordPieces } from './word-pieces.ts';

/** The cross-encoder: is this passage about the question, does it hold the answer, and where. */
export class OnnxReader {
  private readonly session: OnnxSession;
  private readonly pieces: WordPieces;
  private readonly batchRows: number;

  constructor(session: OnnxSession, pieces: WordPieces, batchRows: number) {
    this.session = session;
    this.pieces = pieces;
    this.batchRows = batchRows;
  }

  /**
   * @returns one reading a passage, in the order given
   * @throws cancelled between two batches
   */
  async read(question: string, passages: readonly ReaderPassage[], signal?: AbortSignal): Promise<Reading[]> {
    const asked = this.pieces.encode(question, READER_INPUT.questionTokens);
    const rows = passages.map((passage) => readerRow(this.pieces, asked, passage));
    const readings = new Array<Reading>(passages.length);
    await this.session.run(
      rows,
      this.batchRows,
      (row, place, outputs) => {
        readings[row] = readingAt(outputs, place, rows[row]!, passages[row]!);
      },
      signal,
    );
    return readings;
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}

/** @throws model_missing, model_unusable */
export async function loadOnnxReader(order: PathOrder, lock: TurnLock): Promise<OnnxReader> {
  const session = await loadOnnxSession(order.modelsDir, order.reader, order.compute.onnxThreads, lock);
  return new OnnxReader(session, loadWordPieces(order.reader.tokenizerFile), order.compute.onnxBatchRows);
}

function readingAt(outputs: RunOutputs, place: number, row: ReaderRow, passage: ReaderPassage): Reading {
  const { tensors, width } = outputs;
  const relevance = sigmoid(tensors['relevance']![place]!);
  const from = place * width + row.textStart;
  const to = from + row.spans.length;
  const logits = {
    start: tensors['start_logits']!.subarray(from, to),
    end: tensors['end_logits']!.subarray(from, to),
    spans: row.spans,
  };
  // A reader without the third head cannot tell the two apart.
  const answerable = tensors['answerable'];
  return {
    relevance,
    answerable: answerable ? sigmoid(answerable[place]!) : relevance,
    ...bestSpans(logits, passage.sentences),
  };
}
