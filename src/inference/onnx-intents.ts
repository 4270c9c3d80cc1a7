import type { Act, IntentReading } from './contracts.ts';
import type { IntentModel, PathOrder } from './model-protocol.ts';
import { loadOnnxSession, type OnnxSession } from './onnx-session.ts';
import type { TurnLock } from './turn-lock.ts';

/** The heads on the embedder's vector: what the text is about, its act, urgency and frustration. */
export class OnnxIntents {
  private readonly session: OnnxSession;
  private readonly model: IntentModel;

  constructor(session: OnnxSession, model: IntentModel) {
    this.session = session;
    this.model = model;
  }

  /** @param embedding unit vector [dimensions] */
  async classify(embedding: Float32Array): Promise<IntentReading> {
    const outputs = await this.session.runPlain({
      embedding: { data: embedding, dims: [1, embedding.length] },
    });
    const intent = best(outputs['intent']!.data);
    const [urgency, frustration] = outputs['signals']!.data;
    return {
      intent: this.model.intents[intent.place]!,
      confidence: intent.value,
      act: this.model.acts[best(outputs['act']!.data).place] as Act,
      urgency: urgency!,
      frustration: frustration!,
    };
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}

function best(values: Float32Array): { place: number; value: number } {
  let place = 0;
  for (let at = 1; at < values.length; at += 1) if (values[at]! > values[place]!) place = at;
  return { place, value: values[place]! };
}

/** @throws model_missing, model_unusable */
export async function loadOnnxIntents(order: PathOrder, lock: TurnLock): Promise<OnnxIntents> {
  const { folder } = order.intents;
  const session = await loadOnnxSession(order.modelsDir, { folder, fullPrecision: true }, 1, lock);
  return new OnnxIntents(session, order.intents);
}
