import { existsSync } from 'node:fs';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import type { Llama, LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { AnswerboxError, reasonOf, throwIfCancelled } from '../errors.ts';
import { type ChatForms, findChatForms, promptTokens } from './chat-prompt.ts';
import type { GeneratorEvent, GeneratorPrompt } from './contracts.ts';
import type { GeneratorOrder } from './model-protocol.ts';
import type { ComputeNumbers } from './schedule.ts';
import { TokenText } from './token-text.ts';
import type { TurnLock } from './turn-lock.ts';

export interface Generation {
  prompt: GeneratorPrompt;
  maxTokens: number;
  signal: AbortSignal;
  /** Whole characters, as soon as they are known. */
  onText: (text: string) => void;
}

interface GeneratorParts {
  llama: Llama;
  model: LlamaModel;
  context: LlamaContext;
  /** Tokens of prompt and answer together. */
  limit: number;
  /** Prompt tokens a step. */
  chunk: number;
  lock: TurnLock;
}

/** Greedy text of one GGUF model. Not for two generations at once: they would share one KV state. */
export class LlamaGenerator {
  private readonly llama: Llama;
  private readonly model: LlamaModel;
  private readonly context: LlamaContext;
  private readonly sequence: LlamaContextSequence;
  private readonly forms: ChatForms;
  private readonly limit: number;
  private readonly chunk: number;
  private readonly lock: TurnLock;

  constructor({ llama, model, context, limit, chunk, lock }: GeneratorParts) {
    this.llama = llama;
    this.model = model;
    this.context = context;
    this.sequence = context.getSequence();
    this.forms = findChatForms(model);
    this.limit = limit;
    this.chunk = chunk;
    this.lock = lock;
  }

  /** @throws prompt_too_long before anything is computed, cancelled within one token or one prompt chunk */
  async generate(generation: Generation): Promise<Extract<GeneratorEvent, { type: 'end' }>> {
    const prompt = promptTokens(this.model, this.forms, generation.prompt);
    const { maxTokens, signal } = generation;
    if (prompt.length + maxTokens > this.limit) {
      throw new AnswerboxError('prompt_too_long', {
        found: prompt.length,
        reserved: maxTokens,
        limit: this.limit,
      });
    }
    await this.prefill(prompt.slice(0, -1), signal);
    const written = await this.write(prompt.slice(-1), generation);
    return { type: 'end', promptTokens: prompt.length, ...written };
  }

  async dispose(): Promise<void> {
    await this.sequence.dispose();
    await this.context.dispose();
    await this.model.dispose();
    await this.llama.dispose();
  }

  /** Brings the KV state to these tokens; what it already holds of them, such as the system turn, is kept. */
  private async prefill(tokens: Token[], signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    await this.sequence.adaptStateToTokens(tokens, false);
    for (let at = this.sequence.nextTokenIndex; at < tokens.length; at += this.chunk) {
      throwIfCancelled(signal);
      const part = tokens.slice(at, at + this.chunk);
      await this.lock.step(() => this.sequence.evaluateWithoutGeneratingNewTokens(part));
    }
  }

  private async write(
    last: Token[],
    { maxTokens, signal, onText }: Generation,
  ): Promise<{ stopReason: 'end' | 'max_tokens'; generatedTokens: number }> {
    throwIfCancelled(signal);
    const text = new TokenText(this.model);
    let generatedTokens = 0;
    let stopReason: 'end' | 'max_tokens' = 'end';
    const tokens = this.sequence.evaluate(last, { temperature: 0 });
    try {
      for (;;) {
        const next = await this.lock.step(() => tokens.next());
        throwIfCancelled(signal);
        if (next.done || next.value === this.forms.chatMl?.turnEnd) break;
        generatedTokens += 1;
        const piece = text.push(next.value);
        if (piece !== '') onText(piece);
        if (generatedTokens >= maxTokens) {
          stopReason = 'max_tokens';
          break;
        }
      }
    } finally {
      await tokens.return();
    }
    const rest = text.flush();
    if (rest !== '') onText(rest);
    return { stopReason, generatedTokens };
  }
}

/** @throws model_missing, or model_unusable when llama.cpp does not take the file */
export async function loadLlamaGenerator(
  order: GeneratorOrder,
  compute: ComputeNumbers,
  lock: TurnLock,
): Promise<LlamaGenerator> {
  if (!existsSync(order.file)) throw new AnswerboxError('model_missing', { file: order.file });
  try {
    // Only a ready binary: building llama.cpp at run time needs a compiler and may not even run here.
    const llama = await getLlama({
      build: 'never',
      gpu: false,
      maxThreads: compute.llamaThreads,
      logLevel: LlamaLogLevel.error,
      progressLogs: false,
    });
    const model = await llama.loadModel({ modelPath: order.file });
    const limit = Math.min(order.contextTokens, model.trainContextSize);
    const context = await model.createContext({
      contextSize: limit,
      sequences: 1,
      batchSize: Math.min(512, limit),
      threads: compute.llamaThreads,
    });
    const chunk = compute.prefillChunkTokens;
    return new LlamaGenerator({ llama, model, context, limit, chunk, lock });
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    throw new AnswerboxError('model_unusable', { file: order.file, reason: reasonOf(error) }, error);
  }
}
