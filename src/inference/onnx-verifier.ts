import { AnswerboxError } from '../errors.ts';
import type { StatementPair } from './contracts.ts';
import type { PathOrder, OnnxModel } from './model-protocol.ts';
import { loadOnnxSession, type OnnxSession } from './onnx-session.ts';
import { sigmoid } from './sigmoid.ts';
import type { TurnLock } from './turn-lock.ts';
import { verifierRow } from './verifier-input.ts';
import { loadWordPieces, type WordPieces } from './word-pieces.ts';

/** The cross-encoder that says whether a statement is held by its evidence. */
export class OnnxVerifier {
  private readonly session: OnnxSession;
  private readonly pieces: WordPieces;
  private readonly batchRows: number;

  constructor(session: OnnxSession, pieces: WordPieces, batchRows: number) {
    this.session = session;
    this.pieces = pieces;
    this.batchRows = batchRows;
  }

  /**
   * @returns probabilities [pairs], 0…1, in the order given
   * @throws cancelled between two batches
   */
  async verify(pairs: readonly StatementPair[], signal?: AbortSignal): Promise<number[]> {
    const rows = pairs.map((pair) => verifierRow(this.pieces, pair));
    const probabilities = new Array<number>(pairs.length);
    await this.session.run(
      rows,
      this.batchRows,
      (row, place, { tensors }) => {
        probabilities[row] = sigmoid(tensors['held']?.[place] ?? NaN);
      },
      signal,
    );
    return probabilities;
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}

/** @throws model_missing, model_unusable, also when the weights are not a verifier's */
export async function loadOnnxVerifier(
  model: OnnxModel,
  { modelsDir, compute }: Pick<PathOrder, 'modelsDir' | 'compute'>,
  lock: TurnLock,
): Promise<OnnxVerifier> {
  const session = await loadOnnxSession(modelsDir, model, compute.onnxThreads, lock);
  const verifier = new OnnxVerifier(session, loadWordPieces(model.tokenizerFile), compute.onnxBatchRows);
  // Other weights run as well, but have no logit of this name: better no start than no answer.
  const [probability] = await verifier.verify([{ statement: 'Open.', evidence: 'Open.' }]);
  if (!Number.isNaN(probability)) return verifier;
  throw new AnswerboxError('model_unusable', { file: model.folder, reason: 'it has no output "held"' });
}
