import { availableParallelism } from 'node:os';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import type { CallOptions, Priority } from './contracts.ts';

/** Every number that decides how the models share the processor. */
export interface ComputeNumbers {
  /** Threads of one ONNX run. 1…16. All cores: a run never lies beside llama.cpp, and its threads do not spin. */
  onnxThreads: number;
  /**
   * Threads of one llama.cpp step. 1…8. All cores but one: its threads wait for each other by
   * spinning, some 200 times a token, so as soon as anything else wants a core all of them stall
   * (two cores, one other busy process: 150 tokens/s with 1 thread, 2 to 5 with 2).
   */
  llamaThreads: number;
  /** Texts in one embedding job. 1…64. Eight of 256 tokens take about 0.2 s on two cores: as long as a question may have to wait for ingest. */
  embedSliceTexts: number;
  /** Passages in one reading job. 1…64. Twenty of 256 tokens are one rerank, about 0.4 s on two cores. */
  readSlicePassages: number;
  /**
   * Rows of one ONNX run within a job. 1…8. As many as cores: more rows are no faster, but each
   * takes some 20 MB while it runs, pads its neighbours, and delays an abort.
   */
  onnxBatchRows: number;
  /** Prompt tokens evaluated between two looks at the abort signal. 32…512. About 0.1 s on two cores. */
  prefillChunkTokens: number;
  /** Questions' jobs that may wait. 1…1000. Beyond this a question is told to come back later. */
  maxWaitingQuestions: number;
}

/** @param threads overrides the number of cores, for a machine that is shared or a container with a quota */
export function computeNumbers(threads = availableParallelism()): ComputeNumbers {
  const cores = Math.max(1, Math.floor(threads));
  return {
    onnxThreads: Math.min(cores, 16),
    llamaThreads: Math.min(Math.max(1, cores - 1), 8),
    embedSliceTexts: 8,
    readSlicePassages: 20,
    onnxBatchRows: Math.min(Math.max(2, cores), 8),
    prefillChunkTokens: 128,
    maxWaitingQuestions: 64,
  };
}

export const COMPUTE: Readonly<ComputeNumbers> = Object.freeze(computeNumbers());

interface Waiting {
  start: () => void;
}

/**
 * The one compute lane. At most one job runs at a time, because two native thread pools that spin
 * on the same cores are far slower together than one after the other.
 */
export class ComputeLane {
  private readonly queues: Record<Priority, Waiting[]> = { question: [], ingest: [] };
  private readonly maxWaitingQuestions: number;
  private running = 0;
  /** Moving mean of a question job's seconds, for the advice in `overloaded`. */
  private meanSeconds = 0.3;

  constructor(maxWaitingQuestions = COMPUTE.maxWaitingQuestions) {
    this.maxWaitingQuestions = maxWaitingQuestions;
  }

  load(): { waiting: number; running: number } {
    return { waiting: this.queues.question.length + this.queues.ingest.length, running: this.running };
  }

  /**
   * Runs the job when its turn comes. The lane stays taken until the job settles, also after an
   * abort: whoever aborts a job must make it settle.
   * @throws overloaded when too many questions wait, cancelled when the signal is raised while waiting
   */
  async run<T>(job: () => Promise<T>, options: CallOptions = {}): Promise<T> {
    const priority = options.priority ?? 'question';
    throwIfCancelled(options.signal);
    if (this.running > 0) await this.turn(priority, options.signal);
    else this.running = 1;
    const started = performance.now();
    try {
      return await job();
    } finally {
      if (priority === 'question') this.learn((performance.now() - started) / 1000);
      this.next();
    }
  }

  private turn(priority: Priority, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.queues[priority];
    if (priority === 'question' && queue.length >= this.maxWaitingQuestions) {
      const seconds = Math.max(1, Math.ceil(queue.length * this.meanSeconds));
      throw new AnswerboxError('overloaded', { waiting: queue.length, seconds });
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(entry), 1);
        reject(new AnswerboxError('cancelled', {}, signal?.reason));
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(entry);
    });
  }

  private next(): void {
    const entry = this.queues.question.shift() ?? this.queues.ingest.shift();
    // The place is handed over, not freed: a call that arrives in between must queue behind.
    if (entry) entry.start();
    else this.running = 0;
  }

  private learn(seconds: number): void {
    this.meanSeconds += (seconds - this.meanSeconds) / 16;
  }
}
