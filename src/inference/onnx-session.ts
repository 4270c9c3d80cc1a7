import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  AutoModel,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  Tensor,
  env,
} from '@huggingface/transformers';
import type { PreTrainedModel } from '@huggingface/transformers';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import type { TurnLock } from './turn-lock.ts';

/** One row of a batch: token ids with their types, special tokens included. */
export interface TokenRow {
  ids: readonly number[];
  /** 0 for the question or the only text, 1 for the passage. */
  types: readonly number[];
}

/** Flat outputs of one run by name; `[batch, seq]` outputs have `rows` × `width` numbers. */
export interface RunOutputs {
  rows: number;
  width: number;
  tensors: Record<string, Float32Array>;
}

export type PlainOutputs = Record<string, { data: Float32Array; dims: number[] }>;

/** A graph in ONNX Runtime: a BERT encoder, or a small one without tokens. */
export class OnnxSession {
  private readonly model: PreTrainedModel;
  private readonly lock: TurnLock;

  constructor(model: PreTrainedModel, lock: TurnLock) {
    this.model = model;
    this.lock = lock;
  }

  /**
   * Runs the rows in batches of similar length and hands each batch's outputs to `take`.
   * @param take gets the index of the row in `rows` and its place in the batch
   * @throws cancelled between two batches
   */
  async run(
    rows: readonly TokenRow[],
    batchRows: number,
    take: (row: number, place: number, outputs: RunOutputs) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const order = rows.map((_, index) => index).sort((a, b) => rows[b]!.ids.length - rows[a]!.ids.length);
    for (let at = 0; at < order.length; at += batchRows) {
      throwIfCancelled(signal);
      const batch = order.slice(at, at + batchRows);
      const outputs = await this.lock.run(() => this.runBatch(batch.map((index) => rows[index]!)));
      batch.forEach((row, place) => take(row, place, outputs));
    }
  }

  async dispose(): Promise<void> {
    await this.model.dispose();
  }

  /** One run of a graph that takes other inputs than token ids; output names as in the graph. */
  async runPlain(
    inputs: Record<string, { data: Float32Array; dims: readonly number[] }>,
  ): Promise<PlainOutputs> {
    const tensors = Object.entries(inputs).map(
      ([name, { data, dims }]) => [name, new Tensor('float32', data, [...dims])] as const,
    );
    const outputs = await this.lock.run(
      async () => (await this.model(Object.fromEntries(tensors))) as Record<string, Tensor>,
    );
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [
        name,
        { data: tensor.data as Float32Array, dims: tensor.dims },
      ]),
    );
  }

  private async runBatch(rows: readonly TokenRow[]): Promise<RunOutputs> {
    const width = Math.max(...rows.map((row) => row.ids.length));
    const ids = new BigInt64Array(rows.length * width);
    const mask = new BigInt64Array(rows.length * width);
    const types = new BigInt64Array(rows.length * width);
    rows.forEach((row, place) => {
      for (let i = 0; i < row.ids.length; i += 1) {
        ids[place * width + i] = BigInt(row.ids[i]!);
        mask[place * width + i] = 1n;
        types[place * width + i] = BigInt(row.types[i]!);
      }
    });
    const shape = [rows.length, width];
    const inputs = {
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', mask, shape),
      token_type_ids: new Tensor('int64', types, shape),
    };
    const outputs = (await this.model(inputs)) as Record<string, Tensor>;
    const tensors: Record<string, Float32Array> = {};
    for (const [name, tensor] of Object.entries(outputs)) tensors[name] = tensor.data as Float32Array;
    return { rows: rows.length, width, tensors };
  }
}

/** Models of two graphs; all others have one, which the configuration describes. */
const HALVES = {
  vision_model: CLIPVisionModelWithProjection,
  text_model: CLIPTextModelWithProjection,
} as const;

/** @throws model_missing, or model_unusable when ONNX Runtime does not take the weights */
export async function loadOnnxSession(
  modelsDir: string,
  model: { folder: string; fullPrecision?: boolean; half?: keyof typeof HALVES },
  threads: number,
  lock: TurnLock,
): Promise<OnnxSession> {
  const dtype = model.fullPrecision ? 'fp32' : 'q8';
  const name = `${model.half ?? 'model'}${dtype === 'q8' ? '_quantized' : ''}.onnx`;
  const file = join(modelsDir, model.folder, 'onnx', name);
  if (!existsSync(file)) throw new AnswerboxError('model_missing', { file });
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = modelsDir;
  try {
    const loaded = await (model.half ? HALVES[model.half] : AutoModel).from_pretrained(model.folder, {
      local_files_only: true,
      dtype,
      device: 'cpu',
      session_options: {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        // The arena keeps the largest batch it ever saw, 70 MB and more, and gains no time here.
        enableCpuMemArena: false,
        // Threads that spin after a run would take the cores from llama.cpp and from the web process.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      },
    });
    return new OnnxSession(loaded, lock);
  } catch (error) {
    throw new AnswerboxError('model_unusable', { file, reason: reasonOf(error) }, error);
  }
}
