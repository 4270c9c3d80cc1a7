import { availableParallelism } from 'node:os';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import type { CallOptions, LaneLoad } from './contracts.ts';

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
  /** Texts in one embedding job of a question. 1…64. Eight of 256 tokens take about 0.2 s on two cores. */
  embedSliceTexts: number;
  /** The same of ingest. 1…64. A question may have to wait for one, and a text that begins shares the lane with it. */
  ingestSliceTexts: number;
  /**
   * Milliseconds without a question's job before ingest goes on. 0…500. The jobs of one answer follow each other with
   * short gaps (search, checks); a slice of ingest in each of them would make every answer slower.
   */
  ingestLingerMs: number;
  /** Milliseconds after which ingest takes such a gap all the same: a stream of questions must not stop it. 50…10,000. */
  ingestPatienceMs: number;
  /** Passages in one reading job. 1…64. Twenty of 256 tokens are one rerank, about 0.4 s on two cores. */
  readSlicePassages: number;
  /** Statements in one verifying job. 1…64. Twenty pairs of 256 tokens take what one rerank takes. */
  verifySlicePairs: number;
  /**
   * Rows of one ONNX run. 1…8. One: int8 scales are taken over the whole run, so that the same text would get
   * another vector beside other neighbours (cosine down to 0.98), and more rows are no faster on two cores.
   */
  onnxBatchRows: number;
  /** Prompt tokens evaluated between two looks at the abort signal. 32…512. About 0.1 s on two cores. */
  prefillChunkTokens: number;
  /** Questions' jobs that may wait. 1…1000. Beyond this a question is told to come back later. */
  maxWaitingQuestions: number;
}

/** @param threads cores to use on a shared machine or in a container with a quota; 0 means all that can be seen */
export function computeNumbers(threads = 0): ComputeNumbers {
  const cores = threads > 0 ? Math.ceil(threads) : availableParallelism();
  return {
    onnxThreads: Math.min(cores, 16),
    llamaThreads: Math.min(Math.max(1, cores - 1), 8),
    embedSliceTexts: 8,
    ingestSliceTexts: 4,
    ingestLingerMs: 40,
    ingestPatienceMs: 150,
    readSlicePassages: 20,
    verifySlicePairs: 20,
    onnxBatchRows: 1,
    prefillChunkTokens: 128,
    maxWaitingQuestions: 64,
  };
}

export const COMPUTE: Readonly<ComputeNumbers> = Object.freeze(computeNumbers());

type LaneNumbers = Pick<ComputeNumbers, 'maxWaitingQuestions' | 'ingestLingerMs' | 'ingestPatienceMs'>;

/** What a job does: `text` is written step by step and can be interrupted, `run` cannot. */
export type JobKind = 'run' | 'text';

export interface LaneOptions extends CallOptions {
  kind?: JobKind;
}

type QueueName = 'run' | 'text' | 'ingest';

interface Waiting {
  start: () => void;
}

/**
 * The one compute lane. It lets through one run at a time and one text at a time; a question's run
 * may come while a text is written, because the model process makes the text pause meanwhile (see
 * turn-lock.ts). Ingest waits until no question needs anything, and a little longer.
 */
export class ComputeLane {
  private readonly queues: Record<QueueName, Waiting[]> = { run: [], text: [], ingest: [] };
  private readonly taken: Record<JobKind, boolean> = { run: false, text: false };
  private readonly numbers: LaneNumbers;
  /** Moving mean of a question job's seconds, for the advice in `overloaded`. */
  private meanSeconds = 0.3;
  private questionsRunning = 0;
  /** When a question's job last ended, and since when ingest has waited for its next turn. */
  private questionEnded = -Infinity;
  private ingestSince = -Infinity;
  private pause: NodeJS.Timeout | undefined;

  constructor(numbers: LaneNumbers = COMPUTE) {
    this.numbers = numbers;
  }

  load(): LaneLoad {
    const { run, text, ingest } = this.queues;
    return {
      questions: run.length + text.length + this.questionsRunning,
      waiting: run.length + text.length + ingest.length,
      running: Number(this.taken.run) + Number(this.taken.text),
      texts: text.length + Number(this.taken.text),
    };
  }

  /**
   * Runs the job when its turn comes. Its place stays taken until the job settles, also after an
   * abort: whoever aborts a job must make it settle.
   * @throws overloaded when too many questions wait, cancelled when the signal is raised while waiting
   */
  async run<T>(
    job: () => Promise<T>,
    { kind = 'run', priority = 'question', signal }: LaneOptions = {},
  ): Promise<T> {
    throwIfCancelled(signal);
    if (priority === 'question') this.refuseWhenFull();
    await this.turn(kind, priority === 'ingest' ? 'ingest' : kind, signal);
    const started = performance.now();
    if (priority === 'question') this.questionsRunning += 1;
    try {
      return await job();
    } finally {
      const now = performance.now();
      if (priority === 'ingest') this.ingestSince = now;
      else {
        this.questionsRunning -= 1;
        this.questionEnded = now;
        this.meanSeconds += ((now - started) / 1000 - this.meanSeconds) / 16;
      }
      this.taken[kind] = false;
      this.startNext();
    }
  }

  private refuseWhenFull(): void {
    const waiting = this.queues.run.length + this.queues.text.length;
    if (waiting < this.numbers.maxWaitingQuestions) return;
    throw new AnswerboxError('overloaded', {
      waiting,
      seconds: Math.max(1, Math.ceil(waiting * this.meanSeconds)),
    });
  }

  private turn(kind: JobKind, name: QueueName, signal: AbortSignal | undefined): Promise<void> {
    const queue = this.queues[name];
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.splice(queue.indexOf(entry), 1);
        reject(new AnswerboxError('cancelled', {}, signal?.reason));
      };
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          this.taken[kind] = true;
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      if (name === 'ingest' && queue.length === 0) this.ingestSince = performance.now();
      queue.push(entry);
      this.startNext();
    });
  }

  private startNext(): void {
    const { queues, taken } = this;
    if (!taken.run) queues.run.shift()?.start();
    if (!taken.text) queues.text.shift()?.start();
    if (!taken.run && !taken.text && queues.ingest.length > 0) this.startIngest();
  }

  private startIngest(): void {
    const { ingestLingerMs, ingestPatienceMs } = this.numbers;
    const due = Math.min(this.questionEnded + ingestLingerMs, this.ingestSince + ingestPatienceMs);
    const wait = due - performance.now();
    if (wait <= 0) return this.queues.ingest.shift()?.start();
    this.pause ??= setTimeout(() => {
      this.pause = undefined;
      this.startNext();
    }, wait);
  }
}
