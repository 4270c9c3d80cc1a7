import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { AnswerboxError } from '../../errors.ts';
import { receiveFailure } from '../../processes/sent-failure.ts';
import type { ParsedFile, SourceFile } from '../ingest-types.ts';
import { PARSE_LIMITS } from '../parse/parse-limits.ts';
import { LAST_WORDS, type FromParser, type ParseOrder } from './parse-protocol.ts';

/** What a process may cost; see PARSE_LIMITS. */
export interface ProcessLimits {
  /** Of computing. */
  seconds: number;
  /** By the clock. */
  wallSeconds: number;
  memoryMb: number;
}

interface OpenParse {
  id: number;
  source: string;
  timer: NodeJS.Timeout;
  resolve: (parsed: ParsedFile) => void;
  reject: (error: AnswerboxError) => void;
}

/** One life of a parse process. Reads one file at a time; gone for good after the first that ends it. */
export class ParseChild {
  readonly #process: ChildProcess;
  readonly #limits: ProcessLimits;
  #open: OpenParse | null = null;
  #nextId = 1;
  #lastWords = '';
  #killedFor: AnswerboxError | null = null;
  #isGone = false;
  #residentMb = 0;

  constructor(entry: string, limits: ProcessLimits = PARSE_LIMITS) {
    this.#limits = limits;
    // V8's own heap ends below the limit of the whole process: what V8 ends by itself, it ends sooner.
    const heapMb = Math.floor(limits.memoryMb * 0.7);
    this.#process = fork(entry, [String(limits.memoryMb), String(limits.seconds)], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapMb}`, '--no-warnings'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    lowerPriority(this.#process.pid);
    this.#process.on('message', (message) => this.#receive(message as FromParser));
    this.#process.on('error', (error) => this.#end(error.message));
    this.#process.on('exit', (code, signal) => this.#end(signal ?? `exit code ${code}`));
    this.#process.stderr?.on('data', (text: Buffer) => {
      this.#lastWords = (this.#lastWords + text.toString()).slice(-2_000);
    });
    this.#unref();
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** True when an earlier file left so much memory behind that the next one might pay for it. */
  get isWorn(): boolean {
    return this.#residentMb > this.#limits.memoryMb / 2;
  }

  /** @throws document_*, cancelled; the process is gone after document_timeout, document_memory and cancelled */
  parse(file: SourceFile, signal?: AbortSignal): Promise<ParsedFile> {
    const { source } = file;
    const id = this.#nextId++;
    const abort = (): void => this.#kill(new AnswerboxError('cancelled', {}, signal?.reason));
    const work = new Promise<ParsedFile>((resolve, reject) => {
      this.#open = { id, source, resolve, reject, timer: this.#timer(source) };
      signal?.addEventListener('abort', abort, { once: true });
      this.#process.ref();
      this.#process.channel?.ref();
      this.#process.send({ id, file } satisfies ParseOrder, (error) => error && this.#end(error.message));
    });
    return work.finally(() => {
      signal?.removeEventListener('abort', abort);
      clearTimeout(this.#open?.timer);
      this.#open = null;
      this.#unref();
    });
  }

  async close(): Promise<void> {
    if (this.#isGone) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.ref();
    this.#kill(new AnswerboxError('cancelled', {}, new Error('the reader is closed')));
    await gone;
  }

  #receive(message: FromParser): void {
    if (message.type === 'ready' || message.id !== this.#open?.id) return;
    switch (message.type) {
      case 'parsed':
        this.#residentMb = message.residentMb;
        return this.#open.resolve(message.parsed);
      case 'failed':
        this.#residentMb = message.residentMb;
        return this.#open.reject(receiveFailure(message.failure));
    }
  }

  #timer(source: string): NodeJS.Timeout {
    const seconds = this.#limits.wallSeconds;
    const late = (): void => this.#kill(new AnswerboxError('document_timeout', { source, seconds }));
    return setTimeout(late, seconds * 1_000);
  }

  #kill(reason: AnswerboxError): void {
    this.#killedFor ??= reason;
    // An OCR program that it started ends by itself with its page: nobody reads its output any more.
    this.#process.kill('SIGKILL');
  }

  #end(reason: string): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#open?.reject(this.#killedFor ?? this.#failure(this.#open.source, reason));
  }

  #failure(source: string, reason: string): AnswerboxError {
    const { memoryMb, seconds } = this.#limits;
    if (this.#lastWords.includes(LAST_WORDS.time))
      return new AnswerboxError('document_timeout', { source, seconds });
    if (this.#lastWords.includes(LAST_WORDS.memory) || /heap out of memory/i.test(this.#lastWords))
      return new AnswerboxError('document_memory', { source, limit: memoryMb });
    return new AnswerboxError('document_reader_ended', { source, reason }, new Error(this.#lastWords));
  }

  /** A finished command must be able to end although this process still waits for files. */
  #unref(): void {
    this.#process.unref();
    this.#process.channel?.unref();
    (this.#process.stderr as unknown as { unref?: () => void } | null)?.unref?.();
  }
}

/** At once: the threads that it starts from then on take after it. A system that refuses reads all the same. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, PARSE_LIMITS.niceness);
  } catch {
    return;
  }
}
